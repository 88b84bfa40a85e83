// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One stream: an m= line and what belongs to it.
 *
 * @param lines the m= line first
 */
public record Media(List<String> lines) {
    private static final Set<String> PLAIN_RTP = Set.of("RTP/AVP", "RTP/AVPF");
    private static final Set<String> FORMAT = Set.of("rtpmap", "fmtp", "ptime", "maxptime");
    private static final Set<String> FORMAT_AND_RTCP =
            Set.of("rtpmap", "fmtp", "ptime", "maxptime", "rtcp", "rtcp-mux", "rtcp-fb");
    private static final Set<String> DIRECTIONS = Set.of("sendrecv", "sendonly", "recvonly", "inactive");
    private static final int DISCARD_PORT = 9;

    public Media {
        lines = List.copyOf(lines);
        if (lines.isEmpty() || lines.get(0).split(" ").length < 4) {
            throw new IllegalArgumentException("malformed m= line");
        }
    }

    boolean isRefused() {
        return port().equals("0");
    }

    /** Refused: port 0, formats kept because one must stand there (RFC 3264 section 6). */
    Media refused() {
        return new Media(List.of(withPort("0")));
    }

    /** The same stream in another direction. */
    Media directed(String direction) {
        List<String> changed = new ArrayList<>(lines.stream()
                .filter(line -> !line.startsWith("a=") || !DIRECTIONS.contains(line.substring(2)))
                .toList());
        changed.add("a=" + direction);
        return new Media(changed);
    }

    /** What is left of a direction when the other side's is {@code offered}; both as their owners say them. */
    static String allowed(String offered, String answered) {
        boolean send = mayReceive(offered) && maySend(answered);
        boolean receive = maySend(offered) && mayReceive(answered);
        return send ? receive ? "sendrecv" : "sendonly" : receive ? "recvonly" : "inactive";
    }

    private static boolean maySend(String direction) {
        return direction.equals("sendrecv") || direction.equals("sendonly");
    }

    private static boolean mayReceive(String direction) {
        return direction.equals("sendrecv") || direction.equals("recvonly");
    }

    boolean isAudio() {
        return lines.get(0).startsWith("m=audio ");
    }

    /** Same address, port and formats. */
    boolean isLike(Media other, Optional<String> connection, Optional<String> others) {
        return lines.get(0).equals(other.lines.get(0))
                && Sdp.connection(lines)
                        .or(() -> connection)
                        .equals(Sdp.connection(other.lines).or(() -> others));
    }

    /** Agreed to, but nothing flows. */
    Media parked() {
        if (!canAgree()) {
            return refused();
        }
        List<String> answer = new ArrayList<>(List.of(withPort(Integer.toString(DISCARD_PORT))));
        answer.addAll(attributes(FORMAT));
        answer.add("a=inactive");
        return new Media(answer);
    }

    /** Answered with the offerer's own address. */
    Media echoed(String sessionConnection, String sessionDirection) {
        String connection = Sdp.connection(lines).orElse(sessionConnection);
        if (!canAgree() || connection.isEmpty()) {
            return refused();
        }
        List<String> answer = new ArrayList<>(List.of(lines.get(0), connection));
        answer.addAll(attributes(FORMAT_AND_RTCP));
        answer.add("a=" + mirrored(direction(lines).orElse(sessionDirection)));
        return new Media(answer);
    }

    static Optional<String> direction(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("a=") && DIRECTIONS.contains(line.substring(2)))
                .map(line -> line.substring(2))
                .findFirst();
    }

    /** What an answer says to it (RFC 3264 section 6.1). */
    private static String mirrored(String direction) {
        return switch (direction) {
            case "sendonly" -> "recvonly";
            case "recvonly" -> "sendonly";
            default -> direction;
        };
    }

    private boolean canAgree() {
        return !isRefused() && PLAIN_RTP.contains(field(2));
    }

    private List<String> attributes(Set<String> names) {
        return lines.stream()
                .filter(line -> line.startsWith("a=")
                        && names.contains(line.substring(2).split(":", 2)[0]))
                .toList();
    }

    private String port() {
        return field(1).split("/", 2)[0];
    }

    private String field(int index) {
        return lines.get(0).split(" ")[index];
    }

    private String withPort(String port) {
        String[] field = lines.get(0).split(" ", 3);
        return field[0] + ' ' + port + ' ' + field[2];
    }
}
