// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.platform.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.route.RouteStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileRouteStoreTest extends RouteStoreContract {

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void in_a_directory_that_does_not_exist() {
        file = directory.resolve("ifbus/routes.json");
    }

    @Override
    RouteStore store() {
        return new FileRouteStore(file);
    }

    @Override
    RouteStore restarted() {
        return new FileRouteStore(file);
    }

    private void holds(String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FileRouteStore saved() {
        FileRouteStore store = new FileRouteStore(file);
        store.load();
        store.save(ROUTES);
        return store;
    }

    @Test
    void is_a_document_for_people_too() throws IOException {
        FileRouteStore store = new FileRouteStore(file);
        store.load();
        store.save(ROUTES.subList(2, 3));

        assertThat(Files.readString(file).replaceAll("\\s", ""))
                .isEqualTo("{\"format\":1,\"routes\":[{\"name\":\"trunk\",\"to\":\"*\","
                        + "\"target\":\"sips:{user}@h:5061;transport=tls\"}]}");
        assertThat(Files.readAllLines(file)).hasSizeGreaterThan(4);
    }

    @Nested
    class a_broken_file {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    "{'format':2,'routes':[]}",
                    "{'format':'1','routes':[]}",
                    "{'format':1}",
                    "{'format':1,'routes':{}}",
                    "{'format':1,'routes':[],'more':1}",
                    "{'format':1,'routes':[]} {}",
                    "{'format':1,'format':1,'routes':[]}",
                    "{'format':1,'routes':[7]}",
                    "{'format':1,'routes':[{'name':'a'}]}",
                    "{'format':1,'routes':[{'name':'a','target':null}]}",
                    "{'format':1,'routes':[{'target':'echo'}]}",
                    "{'format':1,'routes':[{'name':'a','target':'echo','to':5}]}",
                    "{'format':1,'routes':[{'name':'a','target':'echo','headers':[]}]}",
                    "{'format':1,'routes':[{'name':'a','target':'echo','headers':{'x-a':1}}]}",
                    "{'format':1,'routes':[{'name':'a','target':'echo','headers':{'b c':'*'}}]}",
                    "{'format':1,'routes':[{'name':'a','target':'echo','colour':'red'}]}",
                    "{'format':1,'routes':[{'name':'a','target':'http://h'}]}",
                    "{'format':1,'routes':[{'name':'a','target':'echo'},{'name':'a','target':'echo'}]}"
                })
        void is_refused_by_name_and_left_as_it_is(String text) throws IOException {
            String content = text.replace('\'', '"');
            holds(content);
            FileRouteStore store = new FileRouteStore(file);

            assertThatThrownBy(store::load)
                    .isInstanceOf(RouteFileRefused.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageNotContaining("null: ");
            assertThatIllegalStateException().isThrownBy(() -> store.save(ROUTES));
            assertThat(Files.readString(file)).isEqualTo(content);
        }

        @Test
        void is_refused_with_the_place_of_the_fault() throws IOException {
            holds("{\"format\":1,\"routes\":[{\"name\":\"a\",\"target\":\"echo\"},{\"name\":\"b\",\"target\":\"x\"}]}");

            assertThatThrownBy(() -> new FileRouteStore(file).load())
                    .hasMessageContaining("routes[1]: 'target' must be echo");
        }

        @Test
        void may_be_no_file_or_no_text_at_all() throws IOException {
            Files.createDirectories(file);
            assertThatThrownBy(() -> new FileRouteStore(file).load()).isInstanceOf(RouteFileRefused.class);

            Files.delete(file);
            Files.write(file, new byte[] {'{', (byte) 0xff, '}'});
            assertThatThrownBy(() -> new FileRouteStore(file).load()).isInstanceOf(RouteFileRefused.class);
        }
    }

    @Nested
    class when_something_dies {

        private Path next() {
            return file.resolveSibling("routes.json.new");
        }

        @Test
        void what_was_half_written_does_not_count() throws IOException {
            FileRouteStore store = saved();
            Files.writeString(next(), "{\"format\":1,\"rou");

            assertThat(restarted().load()).isEqualTo(ROUTES);

            store.save(ROUTES.subList(0, 1));

            assertThat(restarted().load()).isEqualTo(ROUTES.subList(0, 1));
            assertThat(next()).doesNotExist();
        }

        @Test
        void what_cannot_be_written_leaves_what_was_there() throws IOException {
            FileRouteStore store = saved();
            Files.createDirectories(next().resolve("in-the-way"));

            assertThatThrownBy(() -> store.save(List.of()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining(file.toString());
            assertThat(restarted().load()).isEqualTo(ROUTES);
        }

        @Test
        void the_file_is_whole_at_every_moment() {
            FileRouteStore store = saved();
            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
                int read = 0;
                while (writing.get() || read < 100) {
                    assertThat(restarted().load()).isIn(ROUTES, ROUTES.subList(0, 1));
                    read++;
                }
                return read;
            });
            for (int i = 0; i < 100; i++) {
                store.save(i % 2 == 0 ? ROUTES.subList(0, 1) : ROUTES);
            }
            writing.set(false);

            assertThat(reader.join()).isGreaterThanOrEqualTo(100);
        }
    }
}
