// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestAlgorithmTest {
    private static final String REALM = "http-auth@example.org";

    /** RFC 7616 section 3.9.1. */
    @Test
    void theExampleOfTheRfcComesOut() {
        assertThat(response(DigestAlgorithm.MD5)).isEqualTo("8ca523f5e9506fed4657c9700eebdbec");
        assertThat(response(DigestAlgorithm.SHA_256))
                .isEqualTo("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    }

    /** The same input, computed by OpenSSL. */
    @Test
    void sha512CutTo256BitsComesOut() {
        assertThat(response(DigestAlgorithm.SHA_512_256))
                .isEqualTo("430d05014cecc49cab6fbe03176d41a1da86cbfe24a16580e22aaad928d960d0");
    }

    @Test
    void withoutQopTheOldFormulaHolds() {
        Credentials old = new Credentials(
                "Mufasa", REALM, credentials(null).nonce(), "/dir/index.html", "", null, null, null, null, null);
        byte[] ha1 = DigestAlgorithm.MD5.ha1("Mufasa", REALM, "Circle of Life");
        assertThat(DigestAlgorithm.MD5.response(ha1, old, "GET")).isEqualTo("7b2cc3b30e75b4777ea31027084363fd");
    }

    @Test
    void namesAreFoundWhateverTheirCaseAndNoNameMeansMd5() {
        assertThat(DigestAlgorithm.named("sha-256")).contains(DigestAlgorithm.SHA_256);
        assertThat(DigestAlgorithm.named(null)).contains(DigestAlgorithm.MD5);
        assertThat(DigestAlgorithm.named("SHA-256-sess")).isEmpty();
    }

    private static String response(DigestAlgorithm algorithm) {
        byte[] ha1 = algorithm.ha1("Mufasa", REALM, "Circle of Life");
        return algorithm.response(ha1, credentials(algorithm.token()), "GET");
    }

    private static Credentials credentials(String algorithm) {
        return new Credentials(
                "Mufasa",
                REALM,
                "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
                "/dir/index.html",
                "",
                algorithm,
                "auth",
                "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
                "00000001",
                null);
    }
}
