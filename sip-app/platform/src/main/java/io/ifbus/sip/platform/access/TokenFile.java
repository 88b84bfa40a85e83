// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * The API token in a file, read again when the file changes; its trimmed content is the token.
 *
 * <p>A file that is missing, unreadable or blank is no token. Only the token's bytes are kept, and only for comparing.
 */
public final class TokenFile implements ApiToken {

    private final Optional<Path> path;
    private volatile Seen seen = Seen.NOTHING;

    /** @param path the file; empty when none is configured */
    public TokenFile(Optional<Path> path) {
        this.path = path;
    }

    @Override
    public Verdict judge(String offered) {
        byte[] token = token();
        if (token.length == 0) {
            return Verdict.NOT_CONFIGURED;
        }
        return MessageDigest.isEqual(token, offered.getBytes(UTF_8)) ? Verdict.ACCEPTED : Verdict.REFUSED;
    }

    @Override
    public boolean configured() {
        return token().length > 0;
    }

    private byte[] token() {
        if (path.isEmpty()) {
            return Seen.NOTHING.token;
        }
        try {
            FileTime changed = Files.getLastModifiedTime(path.get());
            long size = Files.size(path.get());
            Seen last = seen;
            if (!changed.equals(last.changed) || size != last.size) {
                byte[] token = Files.readString(path.get()).strip().getBytes(UTF_8);
                last = new Seen(changed, size, token);
                seen = last;
            }
            return last.token;
        } catch (IOException e) {
            // not there, or not ours to read: the callers see it as "not configured"
            return Seen.NOTHING.token;
        }
    }

    private static final class Seen {
        static final Seen NOTHING = new Seen(FileTime.fromMillis(-1), -1, new byte[0]);

        final FileTime changed;
        final long size;
        final byte[] token;

        Seen(FileTime changed, long size, byte[] token) {
            this.changed = changed;
            this.size = size;
            this.token = token;
        }
    }
}
