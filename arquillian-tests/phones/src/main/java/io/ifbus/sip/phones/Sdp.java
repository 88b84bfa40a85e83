// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The few lines of a session description (RFC 4566) that a phone needs.
 *
 * @param sessionId from the o= line
 * @param version from the o= line; one more with each changed description (RFC 3264 section 8)
 * @param address of the c= line of the session, or of the first media line that has one
 * @param media one entry per m= line, in their order
 */
public record Sdp(long sessionId, long version, String address, List<Media> media) {

    static final String PCMU = "0";

    /**
     * One m= line with what follows it.
     *
     * @param address its own c= address or the session's
     * @param port 0 if rejected (RFC 3264 section 6)
     */
    public record Media(
            String kind, String address, int port, String protocol, List<String> formats, Direction direction) {
        public Media {
            requireNonNull(kind, "kind");
            requireNonNull(address, "address");
            if (port < 0 || port > 65535) throw new IllegalArgumentException("port out of range: " + port);
            formats = List.copyOf(formats);
            requireNonNull(direction, "direction");
        }

        boolean isPcmuAudio() {
            return "audio".equals(kind) && port != 0 && formats.contains(PCMU);
        }

        Media rejected() {
            return new Media(kind, address, 0, protocol, formats, Direction.INACTIVE);
        }
    }

    public Sdp {
        requireNonNull(address, "address");
        media = List.copyOf(media);
    }

    /** The first m= line that both sides can use. */
    public Optional<Media> audio() {
        return media.stream().filter(Media::isPcmuAudio).findFirst();
    }

    Sdp withVersion(long newVersion) {
        return new Sdp(sessionId, newVersion, address, media);
    }

    /** @throws IllegalArgumentException if a line that we need is malformed */
    public static Sdp parse(String text) {
        Parser parser = new Parser();
        text.lines().filter(line -> line.length() > 2 && line.charAt(1) == '=').forEach(parser::line);
        return parser.finish();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("v=0\r\n");
        text.append("o=- %d %d IN IP4 %s\r\n".formatted(sessionId, version, address));
        text.append("s=-\r\nc=IN IP4 %s\r\nt=0 0\r\n".formatted(address));
        for (Media line : media) {
            text.append("m=%s %d %s %s\r\n"
                    .formatted(line.kind(), line.port(), line.protocol(), String.join(" ", line.formats())));
            if (line.port() == 0) continue;
            if (!line.address().equals(address)) text.append("c=IN IP4 %s\r\n".formatted(line.address()));
            if (line.isPcmuAudio()) text.append("a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\n");
            text.append("a=%s\r\n".formatted(line.direction()));
        }
        return text.toString();
    }

    private static final class Parser {
        private long sessionId;
        private long version;
        private String address = "";
        private Direction direction = Direction.SENDRECV;
        private final List<Media> media = new ArrayList<>();

        void line(String line) {
            String value = line.substring(2).trim();
            switch (line.charAt(0)) {
                case 'o' -> origin(value.split(" "));
                case 'c' -> connection(value.split(" "));
                case 'm' -> media(value.split(" "));
                case 'a' -> attribute(value);
                default -> {}
            }
        }

        private void origin(String[] words) {
            if (words.length < 6) throw new IllegalArgumentException("short o= line");
            sessionId = Long.parseUnsignedLong(words[1]);
            version = Long.parseUnsignedLong(words[2]);
        }

        private void connection(String[] words) {
            if (words.length < 3) throw new IllegalArgumentException("short c= line");
            if (media.isEmpty()) address = words[2];
            else {
                Media last = last();
                replaceLast(new Media(
                        last.kind(), words[2], last.port(), last.protocol(), last.formats(), last.direction()));
            }
        }

        private void media(String[] words) {
            if (words.length < 4) throw new IllegalArgumentException("short m= line");
            int port = Integer.parseInt(words[1].split("/")[0]);
            media.add(
                    new Media(words[0], address, port, words[2], List.of(words).subList(3, words.length), direction));
        }

        private void attribute(String value) {
            for (Direction candidate : Direction.values()) {
                if (!candidate.toString().equals(value)) continue;
                if (media.isEmpty()) direction = candidate;
                else {
                    Media last = last();
                    replaceLast(new Media(
                            last.kind(), last.address(), last.port(), last.protocol(), last.formats(), candidate));
                }
            }
        }

        private Media last() {
            return media.get(media.size() - 1);
        }

        private void replaceLast(Media line) {
            media.set(media.size() - 1, line);
        }

        Sdp finish() {
            return new Sdp(sessionId, version, address, media);
        }
    }
}
