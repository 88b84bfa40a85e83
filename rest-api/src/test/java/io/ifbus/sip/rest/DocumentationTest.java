// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import static io.ifbus.sip.rest.Repository.ROOT;
import static io.ifbus.sip.rest.Repository.all;
import static io.ifbus.sip.rest.Repository.files;
import static io.ifbus.sip.rest.Repository.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.event.EventType;
import io.ifbus.sip.platform.config.Setting;
import io.ifbus.sip.platform.config.Settings;
import io.ifbus.sip.rest.Repository.Document;
import io.ifbus.sip.rest.call.CallsResource;
import io.ifbus.sip.rest.call.DecisionResource;
import io.ifbus.sip.rest.call.DtmfResource;
import io.ifbus.sip.rest.call.HoldResource;
import io.ifbus.sip.rest.call.TransfersResource;
import io.ifbus.sip.rest.cdr.CallCdrResource;
import io.ifbus.sip.rest.cdr.CdrsResource;
import io.ifbus.sip.rest.event.EventsServlet;
import io.ifbus.sip.rest.guard.GuardsResource;
import io.ifbus.sip.rest.route.RoutesResource;
import jakarta.servlet.annotation.WebServlet;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What the documents name is there, and the reverse where it matters. */
class DocumentationTest {

    private static final List<Document> DOCUMENTS = Repository.documents();

    @Nested
    class messages {

        private static final String LEVEL = "(?:@LogMessage\\(level = (?:\\w+\\.)*(\\w+)\\)\\s*)?";
        private static final String TEXT = "value =\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)";
        private static final String MESSAGE = LEVEL + "@Message\\(\\s*id = (\\d+),\\s*" + TEXT + "\\)";
        private static final String ROW = "(?m)^\\| (IFSIP\\d{4}) \\| (\\w+) \\| `([^`]+)` \\|";

        @Test
        void stand_in_the_one_table_of_the_runbook_as_they_are() {
            List<String> known = files(ROOT, ".java").stream()
                    .map(Repository::read)
                    .filter(source -> source.contains("@MessageLogger(projectCode = \"IFSIP\", length = 4)"))
                    .flatMap(source -> all(MESSAGE, source).stream())
                    .map(m -> String.format("IFSIP%04d %s %s", Integer.valueOf(m.group(2)), level(m), text(m)))
                    .sorted()
                    .toList();

            assertThat(known).hasSizeGreaterThan(10);
            assertThat(all(ROW, Repository.document("docs/runbook.md").text()))
                    .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
                    .containsExactlyElementsOf(known);
        }

        private static String level(MatchResult message) {
            return message.group(1) == null ? "thrown" : message.group(1);
        }

        private static String text(MatchResult message) {
            return message.group(3).strip().replaceAll("^\"|\"$|\"\\s*\\+\\s*\"", "");
        }

        @Test
        void are_named_nowhere_without_standing_in_that_table() {
            Set<String> rows = all(ROW, Repository.document("docs/runbook.md").text()).stream()
                    .map(row -> row.group(1))
                    .collect(Collectors.toSet());

            assertNamed("IFSIP\\d+", rows::contains);
        }
    }

    @Nested
    class settings {

        private final Set<String> ofTheServer = files(ROOT.resolve("wildfly-config"), "").stream()
                .filter(path -> path.toString().matches(".*\\.(xml|cli)"))
                .flatMap(path -> all("\\$\\{(ifbus\\.[a-z.-]+)", read(path)).stream())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        @Test
        void that_are_named_exist() {
            List<String> known = Stream.concat(Settings.ALL.stream().map(Setting::key), ofTheServer.stream())
                    .map(key -> key.replace(".", "\\.").replace("<name>", "(<name>|[a-z0-9-]+)"))
                    .toList();

            assertNamed("(?<![\\w.])ifbus\\.[a-z][a-z0-9.<>-]*[a-z0-9>]", named -> known.stream()
                    .anyMatch(named::matches));
        }

        @Test
        void of_the_server_are_documented() {
            assertThat(ofTheServer).contains("ifbus.sip.port");
            assertThat(Repository.document("docs/management.md").code()).containsAll(ofTheServer);
        }
    }

    @Nested
    class the_api {

        private static final String PATH = "(?:\\b(GET|POST|PUT|DELETE) +)?(?<![a-z])/v1((?:/[\\w{}-]+)+)";

        /** Served by a servlet, and so unknown to Jakarta REST. */
        private static final String EVENTS = "/events";

        @Test
        void has_the_one_stream_that_is_documented() {
            assertThat(EventsServlet.class.getAnnotation(WebServlet.class).urlPatterns())
                    .containsExactly("/v1" + EVENTS);
            assertThat(Repository.document("docs/rest-api.md").text()).containsPattern("(?m)^GET /v1/events ");
        }

        @Test
        void has_each_type_of_event_that_is_documented() {
            List<String> rows = all(
                            "(?m)^\\| `(\\w+)` \\| [^|]+ \\| [^|]+ \\|$",
                            Repository.document("docs/rest-api.md").text())
                    .stream()
                    .map(row -> row.group(1))
                    .filter(word -> !word.equals("gap"))
                    .toList();

            assertThat(rows)
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(EventType.values()).map(EventType::word).toList());
        }

        @Test
        void has_each_address_that_is_named() throws Exception {
            List<String> wrong = new ArrayList<>();
            for (Document document : DOCUMENTS) {
                for (String paragraph : document.paragraphs()) {
                    for (MatchResult named : all(PATH, paragraph)) {
                        if (!exists(named.group(1), named.group(2), paragraph.contains("ot built yet"))) {
                            wrong.add(document + ": " + named.group());
                        }
                    }
                }
            }

            assertThat(wrong).isEmpty();
        }

        private static boolean exists(String method, String path, boolean isPromise) throws Exception {
            if (path.equals(EVENTS)) {
                return method == null || method.equals("GET");
            }
            String address = path.replaceAll("\\{\\w+}", "00000000-0000-0000-0000-000000000001");
            Api.Answer answer = new Api().call(Api.request(method == null ? "GET" : method, address));
            return answer.status() == 501
                    ? isPromise
                    : answer.status() != 405
                            && !(answer.status() == 404 && answer.problem().equals("if://problem/no-such-resource"));
        }

        @Test
        void has_no_address_that_is_not_documented() {
            String text = Repository.document("docs/rest-api.md").text();

            assertThat(Stream.of(
                                    CallsResource.class,
                                    HoldResource.class,
                                    DtmfResource.class,
                                    TransfersResource.class,
                                    DecisionResource.class,
                                    CdrsResource.class,
                                    CallCdrResource.class,
                                    GuardsResource.class,
                                    RoutesResource.class)
                            .flatMap(resource -> Stream.of(resource.getDeclaredMethods())))
                    .filteredOn(method -> method.isAnnotationPresent(Operation.class)
                            && !method.getAnnotation(Operation.class).hidden())
                    .hasSizeGreaterThan(22)
                    .flatMap(DocumentationTest::addresses)
                    .allSatisfy(address -> assertThat(text).containsPattern("(?m)^" + address + " "));
        }
    }

    /** As patterns: {@code GET +/v1/calls/\{id}}; a parameter that is one of some words is each of them. */
    private static List<String> addresses(Method method) {
        String verb = Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(found -> found != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElseThrow();
        Path path = method.getAnnotation(Path.class);
        String root = method.getDeclaringClass().getAnnotation(Path.class).value();
        String whole = root + (path == null ? "" : "/" + path.value());
        String words = "\\{\\w+: ([\\w|]+)}";
        return Stream.of(all(words, whole).stream()
                        .findFirst()
                        .map(match -> match.group(1))
                        .orElse("")
                        .split("\\|"))
                .map(word -> verb + " +/v1/" + whole.replaceFirst(words, word).replace("{", "\\{"))
                .toList();
    }

    @Test
    void links_lead_somewhere() {
        List<String> broken = new ArrayList<>();
        for (Document document : DOCUMENTS) {
            for (MatchResult link : all("\\[[^\\]]*\\]\\(([^)\\s]+)\\)", document.prose())) {
                String target = link.group(1);
                if (!target.matches("(https?|mailto):.*") && !leadsSomewhere(document, target)) {
                    broken.add(document + ": " + target);
                }
            }
        }

        assertThat(broken).isEmpty();
    }

    private static boolean leadsSomewhere(Document from, String target) {
        String file = target.replaceFirst("#.*", "");
        java.nio.file.Path path =
                file.isEmpty() ? from.path() : from.path().resolveSibling(file).normalize();
        if (!Files.exists(path) || !target.contains("#")) {
            return Files.exists(path);
        }
        String anchor = target.replaceFirst(".*#", "");
        return all("(?m)^#+ +(.+)$", read(path)).stream()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
                .anyMatch(anchor::equals);
    }

    @Test
    void files_that_are_named_exist() {
        String ours = "(?:sip-app|rest-api|ear|wildfly-config|arquillian-tests|docs)/[\\w./-]+";

        assertNamed(
                "(?<=`)(?:" + ours + ")(?=`)",
                named -> named.contains("/target/") || Files.exists(ROOT.resolve(named)));
    }

    @Test
    void tests_that_are_named_exist() {
        List<java.nio.file.Path> sources = files(ROOT, ".java");

        assertNamed("(?<=`)[A-Z]\\w+(?:Test|IT)(?:\\.\\w+)?(?=`)", named -> {
            String[] parts = named.split("\\.");
            return sources.stream()
                    .filter(path -> path.endsWith(parts[0] + ".java"))
                    .anyMatch(path -> parts.length == 1 || read(path).contains(" " + parts[1] + "("));
        });
    }

    @Test
    void nothing_tells_of_issues_or_of_somebody_s_machine() {
        assertNamed(
                "(?i)\\bissues? +#?\\d+|(?<![\\w&/(])#\\d+\\b|(?<![\\w.-])/(?:work|home|root|tmp|users)/\\w+",
                named -> false);
    }

    @Test
    void decisions_have_their_four_parts() {
        assertThat(DOCUMENTS)
                .filteredOn(document -> document.name().matches("docs/adr/\\d{4}-.*"))
                .hasSizeGreaterThan(5)
                .allSatisfy(document -> assertThat(all("(?m)^## (.+)$", document.text()))
                        .map(heading -> heading.group(1))
                        .containsExactly("Context", "Decision", "Consequence", "Undo"));
    }

    @Test
    void changelog_fragments_are_named_by_their_kind() {
        assertThat(files(ROOT.resolve("docs/changelog.d"), ""))
                .map(path -> path.getFileName().toString())
                .allMatch(name -> name.equals("README.md")
                        || name.matches("[a-z0-9-]+\\.(added|changed|deprecated|removed|fixed|security)\\.md"));
    }

    private static void assertNamed(String regex, java.util.function.Predicate<String> isRight) {
        assertThat(DOCUMENTS)
                .flatMap(document -> all(regex, document.text()).stream()
                        .map(MatchResult::group)
                        .filter(named -> !isRight.test(named))
                        .map(named -> document + ": " + named)
                        .toList())
                .isEmpty();
    }
}
