// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    @TempDir
    Path directory;

    private Path file;
    private ApiToken token;

    @BeforeEach
    void a_file_is_named() {
        file = directory.resolve("token");
        token = new TokenFile(Optional.of(file));
    }

    @Nested
    class with_a_token_in_the_file {

        @BeforeEach
        void write() throws IOException {
            Files.writeString(file, "  open sesame\n");
        }

        @Test
        void its_trimmed_content_is_accepted() {
            assertThat(token.judge("open sesame")).isEqualTo(ApiToken.Verdict.ACCEPTED);
            assertThat(token.configured()).isTrue();
        }

        @Test
        void anything_else_is_refused() {
            assertThat(token.judge("open")).isEqualTo(ApiToken.Verdict.REFUSED);
            assertThat(token.judge("open sesame!")).isEqualTo(ApiToken.Verdict.REFUSED);
            assertThat(token.judge("")).isEqualTo(ApiToken.Verdict.REFUSED);
        }

        @Test
        void a_new_token_counts_as_soon_as_it_is_written() throws IOException {
            token.judge("open sesame");

            Files.writeString(file, "a longer token");

            assertThat(token.judge("a longer token")).isEqualTo(ApiToken.Verdict.ACCEPTED);
            assertThat(token.judge("open sesame")).isEqualTo(ApiToken.Verdict.REFUSED);
        }

        @Test
        void a_token_that_is_taken_away_counts_no_longer() throws IOException {
            token.judge("open sesame");

            Files.delete(file);

            assertThat(token.judge("open sesame")).isEqualTo(ApiToken.Verdict.NOT_CONFIGURED);
        }

        @Test
        void the_token_is_not_shown() {
            token.judge("open sesame");

            assertThat(token.toString()).doesNotContain("sesame");
        }
    }

    @Nested
    class without_a_token {

        @Test
        void a_missing_file_lets_nobody_in() {
            assertNobody();
        }

        @Test
        void a_blank_file_lets_nobody_in() throws IOException {
            Files.writeString(file, " \n");

            assertNobody();
        }

        @Test
        void no_file_at_all_lets_nobody_in() {
            token = new TokenFile(Optional.empty());

            assertNobody();
        }

        private void assertNobody() {
            assertThat(token.configured()).isFalse();
            assertThat(token.judge("")).isEqualTo(ApiToken.Verdict.NOT_CONFIGURED);
            assertThat(token.judge("anything")).isEqualTo(ApiToken.Verdict.NOT_CONFIGURED);
        }
    }
}
