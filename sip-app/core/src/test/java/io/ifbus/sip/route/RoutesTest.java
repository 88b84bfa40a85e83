// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ifbus.sip.route.RouteRefused.Reason;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RoutesTest {
    private static final Predicate<RouteTable> ANY = table -> true;
    private static final Predicate<RouteTable> NONE = table -> false;
    private static final OptionalInt ANYWHERE = OptionalInt.empty();

    private final RouteStore store = RouteStore.inMemory();
    private final Routes routes = startedOn(store);

    private static Routes startedOn(RouteStore store) {
        return new Routes(List.of(Route.parse("fixed", "*", "echo")), store, "eu");
    }

    private static Route route(String name) {
        return Route.parse(name, name + "@*", "sip:" + name + "@h");
    }

    private void add(String... names) {
        for (String name : names) {
            routes.add(route(name), ANYWHERE, ANY);
        }
    }

    private List<String> names() {
        return names(routes.table());
    }

    private static List<String> names(RouteTable table) {
        return table.routes().stream().map(placed -> placed.route().name()).toList();
    }

    private static void assertRefused(Reason reason, ThrowingCallable edit) {
        assertThatExceptionOfType(RouteRefused.class).isThrownBy(edit).satisfies(refused -> assertThat(refused.reason())
                .isEqualTo(reason));
    }

    @Test
    void a_route_counts_for_the_next_call() {
        assertThat(routes.find("bob", "h", "sip:a@x", Map.of()))
                .map(Route::name)
                .contains("fixed");
        add("bob");
        assertThat(routes.find("bob", "h", "sip:a@x", Map.of()))
                .map(Route::name)
                .contains("bob");
        routes.remove("bob", ANY);
        assertThat(routes.find("bob", "h", "sip:a@x", Map.of()))
                .map(Route::name)
                .contains("fixed");
    }

    @Test
    void the_caller_the_headers_and_the_node_s_region_count() {
        routes.add(
                new Route("vip", Conditions.of(null, "a@x", Map.of("Subject", "y"), "eu"), new Target.Offer()),
                ANYWHERE,
                ANY);

        assertThat(routes.find("b", "h", "sip:a@X:5070;tag=1", Map.of("subject", "y")))
                .map(Route::name)
                .contains("vip");
        assertThat(routes.find("b", "h", "urn:none", Map.of("subject", "y")))
                .map(Route::name)
                .contains("fixed");
    }

    @Nested
    class the_order {
        @Test
        void is_that_in_which_they_came() {
            add("a", "b");
            assertThat(names()).containsExactly("a", "b", "fixed");
        }

        @Test
        void is_what_the_client_says() {
            add("a", "b");
            routes.add(route("c"), OptionalInt.of(0), ANY);
            routes.add(route("d"), OptionalInt.of(3), ANY);
            assertThat(names()).containsExactly("c", "a", "b", "d", "fixed");
        }

        @Test
        void has_no_place_among_the_settings() {
            add("a");
            assertThatExceptionOfType(InvalidRoute.class)
                    .isThrownBy(() -> routes.add(route("b"), OptionalInt.of(2), ANY))
                    .satisfies(refused -> assertThat(refused.field()).isEqualTo("position"));
            assertThatExceptionOfType(InvalidRoute.class)
                    .isThrownBy(() -> routes.put(route("a"), OptionalInt.of(1), ANY));
            assertThatExceptionOfType(InvalidRoute.class)
                    .isThrownBy(() -> routes.add(route("b"), OptionalInt.of(-1), ANY));
        }

        @Test
        void outlives_a_replacement() {
            add("a", "b", "c");
            assertThat(routes.put(Route.parse("b", "x", "echo"), ANYWHERE, ANY).created())
                    .isFalse();
            assertThat(names()).containsExactly("a", "b", "c", "fixed");
            assertThat(routes.table().named("b").orElseThrow().route().target()).isEqualTo(new Target.Echo());
        }

        @Test
        void may_change_with_a_replacement() {
            add("a", "b", "c");
            routes.put(route("c"), OptionalInt.of(0), ANY);
            assertThat(names()).containsExactly("c", "a", "b", "fixed");
            routes.put(route("c"), OptionalInt.of(2), ANY);
            assertThat(names()).containsExactly("a", "b", "c", "fixed");
        }
    }

    @Nested
    class is_refused {
        @Test
        void a_second_route_of_one_name() {
            add("a");
            assertRefused(Reason.ROUTE_EXISTS, () -> add("a"));
            assertRefused(Reason.ROUTE_EXISTS, () -> add("fixed"));
        }

        @Test
        void an_edit_of_what_is_configured() {
            assertRefused(Reason.ROUTE_IS_CONFIGURED, () -> routes.put(route("fixed"), ANYWHERE, NONE));
            assertRefused(Reason.ROUTE_IS_CONFIGURED, () -> routes.remove("fixed", NONE));
        }

        @Test
        void the_removal_of_nothing() {
            assertRefused(Reason.NO_SUCH_ROUTE, () -> routes.remove("a", NONE));
        }

        @Test
        void an_edit_of_a_table_that_has_changed() {
            String seen = routes.table().version();
            add("a");
            Predicate<RouteTable> unchanged = table -> table.version().equals(seen);

            assertRefused(Reason.ROUTE_CHANGED, () -> routes.add(route("b"), ANYWHERE, unchanged));
            assertRefused(Reason.ROUTE_CHANGED, () -> routes.put(route("a"), ANYWHERE, unchanged));
            assertRefused(Reason.ROUTE_CHANGED, () -> routes.remove("a", unchanged));
            assertThat(names()).containsExactly("a", "fixed");
            routes.remove("a", ANY);
            routes.add(route("b"), ANYWHERE, unchanged);
            assertThat(names()).containsExactly("b", "fixed");
        }

        @Test
        void the_route_after_the_thousandth() {
            store.save(IntStream.range(0, RouteTable.MOST)
                    .mapToObj(i -> route("r" + i))
                    .toList());
            Routes full = startedOn(store);

            assertRefused(Reason.TOO_MANY_ROUTES, () -> full.add(route("x"), ANYWHERE, ANY));
            assertRefused(Reason.TOO_MANY_ROUTES, () -> full.put(route("x"), ANYWHERE, ANY));
            full.put(route("r0"), ANYWHERE, ANY);
            full.remove("r0", ANY);
            full.add(route("x"), ANYWHERE, ANY);
        }
    }

    @Nested
    class the_store {
        @Test
        void has_all_but_the_settings_in_order() {
            add("b", "a");
            assertThat(store.load()).containsExactly(route("b"), route("a"));
            assertThat(names(startedOn(store).table())).containsExactly("b", "a", "fixed");
        }

        @Test
        void that_fails_leaves_the_table_as_it_was() {
            Routes fragile = startedOn(new RouteStore() {
                @Override
                public List<Route> load() {
                    return List.of(route("a"));
                }

                @Override
                public void save(List<Route> saved) {
                    throw new IllegalStateException("disk full");
                }
            });

            assertThatIllegalStateException().isThrownBy(() -> fragile.add(route("b"), ANYWHERE, ANY));
            assertThatIllegalStateException().isThrownBy(() -> fragile.remove("a", ANY));
            assertThat(names(fragile.table())).containsExactly("a", "fixed");
        }

        @Test
        void that_has_a_route_of_the_settings_is_refused() {
            store.save(List.of(route("fixed")));
            assertThatExceptionOfType(InvalidRoute.class)
                    .isThrownBy(() -> startedOn(store))
                    .withMessageContaining("'fixed'");
        }

        @Test
        void has_what_everybody_sees_however_many_edit() throws Exception {
            ExecutorService clients = Executors.newFixedThreadPool(8);
            try {
                List<? extends Future<?>> edits = IntStream.range(0, 200)
                        .mapToObj(i -> clients.submit(() -> routes.add(route("r" + i), OptionalInt.of(0), ANY)))
                        .toList();
                for (Future<?> edit : edits) {
                    edit.get();
                }
            } finally {
                clients.shutdown();
            }
            assertThat(names()).hasSize(201);
            assertThat(names(startedOn(store).table())).isEqualTo(names());
        }
    }
}
