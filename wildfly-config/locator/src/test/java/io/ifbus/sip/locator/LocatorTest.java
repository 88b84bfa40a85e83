// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.locator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.sip.SipFactory;
import javax.sip.address.AddressFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Rcode;

class LocatorTest {
    @TempDir
    Path directory;

    private NameServer names;
    private Locator locator;
    private AddressFactory addresses;

    @BeforeEach
    void open() throws Exception {
        names = new NameServer();
        addresses = SipFactory.getInstance().createAddressFactory();
        locator = locator(Duration.ofSeconds(5), names.address());
    }

    @AfterEach
    void close() {
        names.close();
    }

    private Locator locator(Duration budget, InetSocketAddress... servers) {
        Locator made = new Locator(List.of(servers), budget, new Random(1), directory.resolve("hosts"));
        List.of("UDP", "TCP", "TLS", "WS", "WSS").forEach(made::addSupportedTransport);
        return made;
    }

    private List<String> locate(String uri) throws Exception {
        return locator.locateHops(addresses.createURI(uri)).stream()
                .map(Object::toString)
                .toList();
    }

    // ---- without a question ----

    @Test
    void aNumericAddressIsTakenAsItIs() throws Exception {
        assertThat(locate("sip:a@192.0.2.1")).containsExactly("192.0.2.1:5060/udp");
        assertThat(locate("sips:a@192.0.2.1")).containsExactly("192.0.2.1:5061/tls");
        assertThat(locate("sip:a@192.0.2.1:5070;transport=tcp")).containsExactly("192.0.2.1:5070/tcp");
        assertThat(locate("sips:a@192.0.2.1;transport=tcp")).containsExactly("192.0.2.1:5061/tls");
        assertThat(locate("sip:a@192.0.2.1;transport=TLS")).containsExactly("192.0.2.1:5061/tls");
        assertThat(locate("sip:a@192.0.2.1;transport=ws")).containsExactly("192.0.2.1:80/ws");
        assertThat(locate("sips:a@192.0.2.1;transport=ws")).containsExactly("192.0.2.1:443/wss");
        assertThat(locate("sip:a@[2001:db8::1]")).containsExactly("[2001:db8::1]:5060/udp");
        assertThat(names.asked()).isEmpty();
    }

    @Test
    void whatOnlyLooksLikeAnAddressIsAName() throws Exception {
        assertThat(locate("sip:a@300.1.1.1:5060")).isEmpty();
        assertThat(names.asked()).isNotEmpty();
        assertThat(locate("sip:a@255.249.199.9")).containsExactly("255.249.199.9:5060/udp");
    }

    @Test
    void maddrTakesPrecedenceOverTheHost() throws Exception {
        assertThat(locate("sip:a@example.com;maddr=192.0.2.9")).containsExactly("192.0.2.9:5060/udp");
        assertThat(names.asked()).isEmpty();
    }

    @Test
    void aTelUriHasNoTarget() throws Exception {
        assertThat(locate("tel:+15551234")).isEmpty();
        assertThat(names.asked()).isEmpty();
    }

    @Test
    void namesOfTheHostsFileAreTakenFromThereAtOnceAndWhenItChanges() throws Exception {
        Files.writeString(directory.resolve("hosts"), "192.0.2.7 other pbx # the old one\n");
        assertThat(locate("sip:a@PBX;transport=tcp")).containsExactly("192.0.2.7:5060/tcp");
        Files.writeString(directory.resolve("hosts"), "192.0.2.8 pbx\n");
        Files.setLastModifiedTime(
                directory.resolve("hosts"), java.nio.file.attribute.FileTime.fromMillis(1_000_000_000_000L));
        assertThat(locate("sip:a@pbx")).containsExactly("192.0.2.8:5060/udp");
        assertThat(locate("sip:a@localhost:5070")).containsExactly("127.0.0.1:5070/udp", "::1:5070/udp");
        assertThat(names.asked()).isEmpty();
    }

    @Test
    void aNameOfThisServerHasItsAddresses() throws Exception {
        locator.mapLocalHostNameToIP("sip.Example.com", Set.of("127.0.0.3"));
        assertThat(locate("sip:a@sip.example.com")).containsExactly("127.0.0.3:5060/udp");
        assertThat(names.asked()).isEmpty();
        locator.unmapLocalHostNameToIP("sip.example.com");
        assertThat(locate("sip:a@sip.example.com")).isEmpty();
    }

    // ---- addresses alone ----

    @Test
    void aNameWithAPortIsAskedForAddressesAlone() throws Exception {
        names.has("example.com A 192.0.2.1").has("example.com AAAA 2001:db8::1");
        assertThat(locate("sip:a@example.com:5070"))
                .containsExactly("192.0.2.1:5070/udp", "2001:db8:0:0:0:0:0:1:5070/udp");
        assertThat(locate("sips:a@example.com:5070")).first().isEqualTo("192.0.2.1:5070/tls");
        assertThat(names.asked()).containsExactly("example.com A", "example.com AAAA");
    }

    @Test
    void withoutNaptrAndSrvTheAddressAndTheDefaultPortAreUsed() throws Exception {
        names.has("example.com A 192.0.2.1");
        assertThat(locate("sip:a@example.com")).containsExactly("192.0.2.1:5060/udp");
        assertThat(locate("sips:a@example.com")).containsExactly("192.0.2.1:5061/tls");
        assertThat(names.asked())
                .startsWith(
                        "example.com NAPTR",
                        "_sip._udp.example.com SRV",
                        "_sip._tcp.example.com SRV",
                        "_sips._tcp.example.com SRV",
                        "example.com A");
    }

    @Test
    void anAliasIsFollowed() throws Exception {
        names.has("example.com CNAME real.example.com").has("real.example.com A 192.0.2.5");
        assertThat(locate("sip:a@example.com:5060")).containsExactly("192.0.2.5:5060/udp");
    }

    // ---- SRV ----

    @Test
    void aNameWithATransportIsAskedForItsSrvRecordsAlone() throws Exception {
        names.has("_sip._tcp.example.com SRV 20 0 5080 b.example.com")
                .has("_sip._tcp.example.com SRV 10 0 5070 a.example.com")
                .has("a.example.com A 192.0.2.1")
                .has("b.example.com A 192.0.2.2");
        assertThat(locate("sip:x@example.com;transport=tcp"))
                .containsExactly("192.0.2.1:5070/tcp", "192.0.2.2:5080/tcp");
        assertThat(names.asked()).doesNotContain("example.com NAPTR", "_sip._udp.example.com SRV");
    }

    @Test
    void withoutNaptrTheSrvRecordsOfEachTransportAreAskedFor() throws Exception {
        names.has("_sip._tcp.example.com SRV 10 0 5070 a.example.com").has("a.example.com A 192.0.2.1");
        assertThat(locate("sip:x@example.com")).containsExactly("192.0.2.1:5070/tcp");
    }

    @Test
    void aTransportWithoutAConnectorIsNotChosen() throws Exception {
        names.has("_sip._tcp.example.com SRV 10 0 5070 a.example.com")
                .has("example.com A 192.0.2.9")
                .has("a.example.com A 192.0.2.1");
        locator.addSupportedTransport("TCP");
        locator.removeSupportedTransport("TCP");
        assertThat(locate("sip:x@example.com")).containsExactly("192.0.2.1:5070/tcp"); // there were two
        locator.removeSupportedTransport("TCP");
        assertThat(locate("sip:x@example.com")).containsExactly("192.0.2.9:5060/udp");
    }

    @Test
    void aServiceWhoseTargetIsTheRootIsNotThere() throws Exception {
        names.has("_sip._udp.example.com SRV 0 0 0 .")
                .has("_sip._tcp.example.com SRV 10 0 5070 a.example.com")
                .has("a.example.com A 192.0.2.1");
        assertThat(locate("sip:x@example.com")).containsExactly("192.0.2.1:5070/tcp");
    }

    @Test
    void recordsOfOnePriorityAreDrawnAnewForEachRequest() throws Exception {
        names.has("_sip._udp.example.com SRV 1 50 5060 a.example.com")
                .has("_sip._udp.example.com SRV 1 50 5060 b.example.com")
                .has("a.example.com A 192.0.2.1")
                .has("b.example.com A 192.0.2.2");
        int first = 0;
        for (int i = 0; i < 200; i++) {
            List<String> targets = locate("sip:x@example.com");
            assertThat(targets).containsExactlyInAnyOrder("192.0.2.1:5060/udp", "192.0.2.2:5060/udp");
            first += targets.get(0).startsWith("192.0.2.1") ? 1 : 0;
        }
        assertThat(first).isBetween(60, 140);
    }

    // ---- NAPTR ----

    @Test
    void ofNaptrTheLowestOrderAndPreferenceThatHasAConnectorIsTaken() throws Exception {
        names.has("example.com NAPTR 5 10 \"s\" \"SIP+D2S\" \"\" _sip._sctp.example.com")
                .has("example.com NAPTR 20 1 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.com")
                .has("example.com NAPTR 10 20 \"s\" \"SIP+D2T\" \"\" wrong.example.com")
                .has("example.com NAPTR 10 10 \"S\" \"sip+d2t\" \"\" tcp.example.net")
                .has("tcp.example.net SRV 1 1 5077 a.example.net")
                .has("a.example.net A 192.0.2.3");
        assertThat(locate("sip:x@example.com")).containsExactly("192.0.2.3:5077/tcp");
        assertThat(names.asked()).startsWith("example.com NAPTR", "tcp.example.net SRV");
    }

    @Test
    void forSipsOnlySecureServicesAreUsed() throws Exception {
        names.has("example.com NAPTR 10 10 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.com")
                .has("example.com NAPTR 90 50 \"s\" \"SIPS+D2T\" \"\" _sips._tcp.example.com")
                .has("_sip._udp.example.com SRV 1 1 5060 a.example.com")
                .has("_sips._tcp.example.com SRV 1 1 5061 b.example.com")
                .has("a.example.com A 192.0.2.1")
                .has("b.example.com A 192.0.2.2");
        assertThat(locate("sips:x@example.com")).containsExactly("192.0.2.2:5061/tls");
        assertThat(locate("sip:x@example.com")).containsExactly("192.0.2.1:5060/udp");
    }

    // ---- time ----

    @Test
    void answersAreKeptAsLongAsTheyMay() throws Exception {
        names.has("kept.example.com A 192.0.2.1").has(0, "fresh.example.com A 192.0.2.2");
        for (int i = 0; i < 3; i++) {
            assertThat(locate("sip:a@kept.example.com:5060")).hasSize(1);
            assertThat(locate("sip:a@fresh.example.com:5060")).hasSize(1);
        }
        assertThat(names.asked().stream().filter("kept.example.com A"::equals)).hasSize(1);
        assertThat(names.asked().stream().filter("fresh.example.com A"::equals)).hasSize(3);
    }

    @Test
    void aLostQuestionIsAskedAgain() throws Exception {
        locator = locator(Duration.ofSeconds(2), names.address());
        names.has("example.com A 192.0.2.1").ignore(1);
        assertThat(locate("sip:a@example.com:5060")).containsExactly("192.0.2.1:5060/udp");
    }

    @Test
    void theNextNameServerIsAskedWhenOneIsSilent() throws Exception {
        try (NameServer silent = new NameServer()) {
            silent.ignore(Integer.MAX_VALUE);
            names.has("example.com A 192.0.2.1");
            locator = locator(Duration.ofSeconds(2), silent.address(), names.address());
            assertThat(locate("sip:a@example.com:5060")).containsExactly("192.0.2.1:5060/udp");
        }
    }

    @Test
    void theNextNameServerIsAskedWhenOneFailsOrRefuses() throws Exception {
        for (int code : new int[] {Rcode.SERVFAIL, Rcode.REFUSED}) {
            try (NameServer failing = new NameServer()) {
                failing.fails(code);
                names.has("example.com A 192.0.2.1");
                locator = locator(Duration.ofSeconds(5), failing.address(), names.address());
                assertThat(locate("sip:a@example.com:5060")).containsExactly("192.0.2.1:5060/udp");
            }
        }
    }

    /** All questions together, not each of them; and the same question is not asked again at once. */
    @Test
    void silentNameServersDelayARequestForTheBudgetAndTheNextNotAtAll() throws Exception {
        locator = locator(Duration.ofMillis(500), names.address());
        names.ignore(Integer.MAX_VALUE);
        long begin = System.nanoTime();
        assertThat(locate("sip:a@example.com")).isEmpty();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        assertThat(millis).isBetween(350L, 3000L);
        int asked = names.asked().size();
        assertThat(locate("sip:a@example.com")).isEmpty();
        assertThat(names.asked()).hasSize(asked);
    }

    /** Some name servers never answer about NAPTR. */
    @Test
    void oneQuestionWithoutAnAnswerLeavesTimeForTheOthers() throws Exception {
        names.has("_sip._udp.example.com SRV 10 0 5070 a.example.com").has("a.example.com A 192.0.2.1");
        names.ignore("example.com NAPTR");
        locator = locator(Duration.ofSeconds(1), names.address());
        assertThat(locate("sip:a@example.com")).containsExactly("192.0.2.1:5070/udp");
    }

    @Test
    void aHostThatIsNoNameHasNoTarget() throws Exception {
        String label = "a".repeat(64);
        assertThat(locate("sip:a@" + label + ".example.com")).isEmpty();
        assertThat(names.asked()).isEmpty();
    }
}
