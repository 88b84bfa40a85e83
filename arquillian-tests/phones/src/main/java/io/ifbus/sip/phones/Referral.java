// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a REFER asks for (RFC 3515).
 *
 * @param target the URI to call
 * @param replaces the call there that the new one takes the place of: an attended transfer
 * @param referredBy the URI of the Referred-By header (RFC 3892)
 * @param subscription false for {@code Refer-Sub: false}: no NOTIFY wanted (RFC 4488)
 */
public record Referral(String target, Optional<Replaced> replaces, Optional<String> referredBy, boolean subscription) {

    public Referral {
        requireNonNull(target, "target");
        requireNonNull(replaces, "replaces");
        requireNonNull(referredBy, "referredBy");
    }

    public static Referral to(String uri) {
        return new Referral(uri, Optional.empty(), Optional.empty(), true);
    }

    public Referral replacing(Replaced call) {
        return new Referral(target, Optional.of(call), referredBy, subscription);
    }

    public Referral referredBy(String uri) {
        return new Referral(target, replaces, Optional.of(uri), subscription);
    }

    public Referral withoutSubscription() {
        return new Referral(target, replaces, referredBy, false);
    }

    /** The Refer-To header's value. */
    String referTo() {
        return "<" + target + replaces.map(call -> "?Replaces=" + call.inUri()).orElse("") + ">";
    }
}
