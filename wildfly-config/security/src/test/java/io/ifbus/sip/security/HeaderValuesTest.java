// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HeaderValuesTest {
    @Test
    void aChallengeIsReadHoweverItIsSpelt() {
        assertThat(Challenge.parse(
                        "DIGEST  Realm = \"a \\\"b\\\", c\" , nonce=\"n\", QOP=\"auth-int, auth\",algorithm=SHA-256,"
                                + " stale=TRUE, unheard=of, opaque=\"\""))
                .contains(new Challenge("a \"b\", c", "n", "", "SHA-256", "auth-int, auth", true));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Challenge challenge = new Challenge("r\\\"", "n", "o", "MD5", "auth", true);
        assertThat(Challenge.parse(challenge.headerValue())).contains(challenge);
        Credentials credentials =
                new Credentials("al\"ice", "r", "n", "sip:b@h;x=\"1\"", "0a", "SHA-256", "auth", "c", "0000000f", "o");
        assertThat(Credentials.parse(credentials.headerValue())).isEqualTo(credentials);
    }

    @Test
    void algorithmQopAndCountAreNotQuotedInCredentials() {
        Credentials credentials =
                new Credentials("a", "r", "n", "sip:b@h", "0a", "SHA-256", "auth", "c", "0000000f", null);
        assertThat(credentials.headerValue())
                .isEqualTo("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"sip:b@h\",response=\"0a\","
                        + "algorithm=SHA-256,cnonce=\"c\",qop=auth,nc=0000000f");
    }

    @Test
    void aChallengeThatIsNotUnderstoodIsIgnored() {
        assertThat(Challenge.parse("Basic realm=\"r\"")).isEmpty();
        assertThat(Challenge.parse("Digest realm=\"r\"")).isEmpty();
        assertThat(Challenge.parse("Digest")).isEmpty();
    }

    @Test
    void malformedCredentialsAreRefused() {
        String good = "Digest username=\"a\", realm=\"r\", nonce=\"n\", uri=\"u\", response=\"0\"";
        assertThat(Credentials.parse(good).username()).isEqualTo("a");
        for (String bad : new String[] {
            "",
            "Digest",
            "Basic YTpi",
            good + ",",
            good + ", x",
            good + " x=y",
            good + ", x=\"y",
            good + ", x=\"y\\",
            good + ", nonce=\"again\"",
            good + ", qop=auth",
            good + ", qop=auth, cnonce=\"c\", nc=1",
            good + ", qop=auth, cnonce=\"c\", nc=-0000001"
        }) {
            assertThatThrownBy(() -> Credentials.parse(bad)).as(bad).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
