// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.cli.api;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The bearer token, read from a file so that no list of processes shows it. */
public final class Token {

    private final String value;

    private Token(String value) {
        this.value = value;
    }

    /**
     * The trimmed content of {@code file}.
     *
     * @throws Failure (usage) if the file cannot be read or holds no token; the message never holds its content
     */
    public static Token in(Path file) {
        String content;
        try {
            content = Files.readString(file).strip();
        } catch (NoSuchFileException e) {
            throw unusable("there is no token file " + file, e);
        } catch (MalformedInputException e) {
            throw unusable(file + " holds no token", e);
        } catch (IOException e) {
            throw unusable("cannot read the token file " + file + " (" + Trouble.words(e) + ")", e);
        }
        if (!content.matches("[!-~]+")) {
            throw unusable(file + " holds no token", null);
        }
        return new Token(content);
    }

    private static Failure unusable(String why, Exception cause) {
        return new Failure(
                ExitCode.USAGE, why + "; name another with --token-file or IFBUS_TOKEN_FILE (./run makes one)", cause);
    }

    String header() {
        return "Bearer " + value;
    }

    /** Not the token. */
    @Override
    public String toString() {
        return "Token";
    }
}
