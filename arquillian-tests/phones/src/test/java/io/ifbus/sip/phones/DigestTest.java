// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.phones;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DigestTest {

    /** RFC 7616 section 3.9.1. */
    @Test
    void knowsTheExampleOfTheRfc() {
        String given = "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", "
                + "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
                + "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, ";
        String nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
        String md5 = Digest.challenge("http-auth@example.org", nonce, "MD5");
        String sha = Digest.challenge("http-auth@example.org", nonce, "SHA-256");
        assertThat(Digest.isRight(
                        given + "response=\"8ca523f5e9506fed4657c9700eebdbec\"",
                        md5,
                        "GET",
                        "Mufasa",
                        "Circle of Life"))
                .isTrue();
        assertThat(Digest.isRight(
                        given + "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\"",
                        sha,
                        "GET",
                        "Mufasa",
                        "Circle of Life"))
                .isTrue();
    }

    @Test
    void aWrongPasswordIsWrong() {
        String challenge = Digest.challenge("phones", "abc", "MD5");
        String right = Digest.authorization(challenge, "INVITE", "sip:bob@127.0.0.1", "alice", "secret");
        assertThat(Digest.isRight(right, challenge, "INVITE", "alice", "secret"))
                .isTrue();
        assertThat(Digest.isRight(right, challenge, "INVITE", "alice", "other")).isFalse();
        assertThat(Digest.isRight(right, challenge, "BYE", "alice", "secret")).isFalse();
        assertThat(Digest.isRight(right, Digest.challenge("phones", "old", "MD5"), "INVITE", "alice", "secret"))
                .isFalse();
    }

    @Test
    void knowsNoOtherAlgorithm() {
        assertThatThrownBy(() -> Digest.challenge("phones", "abc", "ROT13"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
