// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Tells one route table from another by all that they hold. Used once. */
final class Fingerprint {
    private static final int LENGTH = 16; // octets; enough that two tables never meet

    private final MessageDigest digest;

    Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    String of(List<PlacedRoute> routes) {
        routes.forEach(this::add);
        return HexFormat.of().formatHex(digest.digest(), 0, LENGTH);
    }

    private void add(PlacedRoute placed) {
        Route route = placed.route();
        Conditions conditions = route.conditions();
        add(placed.origin().word());
        add(route.name());
        add(conditions.to().map(AddressGlob::text));
        add(conditions.from().map(AddressGlob::text));
        add(Integer.toString(conditions.headers().size()));
        conditions.headers().forEach((name, glob) -> {
            add(name);
            add(glob.text());
        });
        add(conditions.region());
        add(route.target().text());
    }

    private void add(Optional<String> text) {
        add(text.isPresent() ? "1" : "0");
        text.ifPresent(this::add);
    }

    /** With its length, so that no two lists of texts look alike. */
    private void add(String text) {
        byte[] octets = text.getBytes(UTF_8);
        digest.update((octets.length + ":").getBytes(UTF_8));
        digest.update(octets);
    }
}
