// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A message in a few words: its method or status, and what makes it special. */
final class LadderNote {

    private LadderNote() {}

    static String of(Traced line) {
        List<String> notes = new ArrayList<>();
        line.header("Content-Type").ifPresent(type -> notes.addAll(body(type, line.body())));
        line.header("Refer-To").ifPresent(to -> notes.add("to " + user(to)));
        if (line.header("Replaces").isPresent()) notes.add("replaces");
        line.header("Reason")
                .map(reason -> reason.replaceFirst(".*cause=(\\d+).*", "$1"))
                .filter(cause -> cause.matches("\\d+"))
                .ifPresent(cause -> notes.add("reason " + cause));
        line.header("Retry-After").ifPresent(seconds -> notes.add("retry after " + seconds));
        if (line.kind().startsWith("3")) line.header("Contact").ifPresent(to -> notes.add("to " + user(to)));
        return title(line) + (notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")");
    }

    /** Responses have their phrase; those to anything but INVITE say to what. */
    private static String title(Traced line) {
        if (!line.kind().contains(" ")) return line.kind();
        String start = line.text().lines().findFirst().orElse("");
        String said = start.replaceFirst("^SIP/2.0 +", "").trim();
        return line.kind().endsWith(" INVITE") ? said : said + " " + line.kind().split(" ")[1];
    }

    private static List<String> body(String type, String body) {
        if (type.startsWith("application/sdp")) return List.of("sdp " + direction(body));
        if (type.startsWith("message/sipfrag"))
            return List.of(body.lines().findFirst().orElse("").replaceFirst("^SIP/2.0 ", ""));
        if (type.startsWith("application/dtmf"))
            return body.lines()
                    .filter(line -> line.startsWith("Signal"))
                    .map(line -> "key " + line.replaceFirst(".*= *", ""))
                    .toList();
        return List.of(type);
    }

    private static String direction(String sdp) {
        try {
            Sdp parsed = Sdp.parse(sdp);
            if (parsed.media().isEmpty()) return "without media";
            return parsed.media().stream()
                    .map(media ->
                            media.port() == 0 ? "rejected" : media.direction().toString())
                    .collect(Collectors.joining(" "));
        } catch (IllegalArgumentException e) {
            return "malformed";
        }
    }

    /** The user of a URI, and whether it asks to replace a call. */
    private static String user(String address) {
        String user = address.replaceFirst("(?s)^.*?sips?:([^@;?>]*).*$", "$1");
        return user + (address.contains("?Replaces=") ? ", replaces" : "");
    }
}
