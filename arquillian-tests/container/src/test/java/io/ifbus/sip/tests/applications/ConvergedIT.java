// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ifbus.sip.container.Proves;
import io.ifbus.sip.tests.server.ArquillianServer;
import java.net.URLEncoder;
import java.time.Duration;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** HTTP sessions that belong to application sessions (JSR 289 chapter 13). */
@ArquillianTest
@RunAsClient
class ConvergedIT {
    private static final String PAGES = "/webcall/pages/";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Browser browser = new Browser();

    @Deployment(testable = false)
    static WebArchive application() {
        return Archives.webcall();
    }

    @Test
    @Proves({"J-13-a", "ConvergedHttpSession", "ConvergedHttpSession.getApplicationSession"})
    void anHttpSessionMakesItsApplicationSessionOnceAndIsOneOfItsSessions() {
        String application = browser.reads(PAGES + "join");

        assertThat(browser.reads(PAGES + "join")).isEqualTo(application).endsWith("webcall");
        assertThat(browser.reads(PAGES + "protocol-sessions")).isEqualTo(browser.reads(PAGES + "http"));
        assertThat(new Browser().reads(PAGES + "join")).isNotEqualTo(application);
    }

    @Test
    void theSessionThatAnApplicationSessionGivesIsTheSame() {
        browser.reads(PAGES + "mark?id=chalk");

        assertThat(browser.reads(PAGES + "session-by-id")).isEqualTo("chalk");
    }

    @Test
    void aForwardedRequestHasAConvergedSessionToo() {
        assertThat(browser.reads(PAGES + "forwarded")).isEqualTo(browser.reads(PAGES + "join"));
    }

    @Test
    @Proves({"J-13-b"})
    void aRequestToAnEncodedUrlJoinsThatApplicationSession() {
        String application = browser.reads(PAGES + "join");
        String url = browser.reads(PAGES + "encode-application?id=join");

        Browser friend = new Browser();
        assertThat(friend.reads(url)).isEqualTo(application);
        assertThat(friend.reads(PAGES + "join")).isEqualTo(application);
        assertThat(browser.reads(PAGES + "protocol-sessions").split(" "))
                .containsExactlyInAnyOrder(browser.reads(PAGES + "http"), friend.reads(PAGES + "http"));
    }

    @Test
    @Proves({"J-13-b"})
    void anHttpSessionOfAnotherApplicationSessionMovesToThatOfTheUrl() {
        String application = browser.reads(PAGES + "join");
        Browser friend = new Browser();
        String former = friend.reads(PAGES + "join");

        assertThat(friend.reads(browser.reads(PAGES + "encode-application?id=join")))
                .isEqualTo(application);
        awaitState(former, "none");
    }

    @Test
    @Proves({"J-13-c", "ConvergedHttpSession.encodeURL-String"})
    void anEncodedUrlHasTheIdOfTheHttpSession() {
        String id = browser.reads(PAGES + "http");
        String absolute = "http://127.0.0.1:" + ArquillianServer.ports().http() + PAGES + "http";

        String url = browser.reads(PAGES + "encode?id=" + encoded(absolute + "?a=b"));
        assertThat(url).startsWith(absolute + ";jsessionid=" + id).endsWith("?a=b");
        assertThat(new Browser().reads(url)).isEqualTo(id);
    }

    @Test
    @Proves({"J-13-c", "ConvergedHttpSession.encodeURL-String-String"})
    void aRelativePathBecomesAnAbsoluteUrlOfThisApplication() {
        String id = browser.reads(PAGES + "http");

        String url = browser.reads(PAGES + "encode-relative?scheme=http&id=" + encoded("/pages/http"));
        assertThat(url)
                .startsWith("http://127.0.0.1:" + ArquillianServer.ports().http() + PAGES + "http;jsessionid=" + id);
        assertThat(new Browser().reads(url)).isEqualTo(id);
        assertThat(browser.reads(PAGES + "encode-relative?scheme=https&id=" + encoded("/pages/http")))
                .startsWith("https://127.0.0.1:")
                .contains(PAGES + "http;jsessionid=" + id);
    }

    @Test
    @Proves({"J-13-d", "SipSessionsUtil.getApplicationSessionById", "SipSessionsUtil.getApplicationSessionByKey"})
    void applicationSessionsAreFoundByIdAndByKey() {
        String application = browser.reads(PAGES + "join");

        assertThat(browser.reads(PAGES + "by-id?id=" + encoded(application))).isEqualTo("busy");
        assertThat(browser.reads(PAGES + "by-id?id=nobody")).isEqualTo("none");
        assertThat(browser.reads(PAGES + "by-key?id=desk7&create=false")).isEqualTo("none");
        String made = browser.reads(PAGES + "by-key?id=desk7&create=true");
        assertThat(made).contains("desk7");
        assertThat(browser.reads(PAGES + "by-key?id=desk7&create=false")).isEqualTo(made);
    }

    @Test
    void anApplicationSessionIsBusyWhileAnHttpSessionLivesAndEndsWithTheLastOne() {
        String application = browser.reads(PAGES + "join");
        Browser friend = new Browser();
        friend.reads(browser.reads(PAGES + "encode-application?id=join"));

        browser.reads(PAGES + "end-http");
        assertThat(friend.reads(PAGES + "by-id?id=" + encoded(application))).isEqualTo("busy");
        friend.reads(PAGES + "end-http");
        awaitState(application, "none");
    }

    @Test
    void anHttpSessionEndsWithItsApplicationSession() {
        String http = browser.reads(PAGES + "http");
        String application = browser.reads(PAGES + "join");

        browser.reads(PAGES + "end-application");
        awaitState(application, "none");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.reads(PAGES + "http")).isNotEqualTo(http));
        assertThat(browser.reads(PAGES + "join")).isNotEqualTo(application);
    }

    @Test
    void anHttpSessionThatGetsAnotherIdStaysWhereItIs() {
        String application = browser.reads(PAGES + "join");

        String renamed = browser.reads(PAGES + "rename");
        assertThat(browser.reads(PAGES + "http")).isEqualTo(renamed);
        assertThat(browser.reads(PAGES + "join")).isEqualTo(application);
        assertThat(browser.reads(PAGES + "protocol-sessions")).isEqualTo(renamed);
    }

    private static void awaitState(String application, String state) {
        Browser observer = new Browser();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(observer.reads(PAGES + "by-id?id=" + encoded(application)))
                        .isEqualTo(state));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
