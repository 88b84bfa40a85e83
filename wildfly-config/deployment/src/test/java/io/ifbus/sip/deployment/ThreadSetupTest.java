// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.ifbus.sip.container.ApplicationEnvironment.Setup;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.as.server.deployment.SetupAction;
import org.jboss.msc.service.ServiceName;
import org.junit.jupiter.api.Test;

/** A thread enters and leaves the application. */
final class ThreadSetupTest {
    private final List<String> done = new ArrayList<>();
    private final ClassLoader loader = new URLClassLoader(new URL[0]);

    @Test
    void stepsAreUndoneInTheOppositeOrderAndTheLoaderIsPutBack() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ThreadSetup setup = new ThreadSetup("app", loader, List.of(action("a", false), action("b", false)), null);

        Setup entered = setup.enter();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
        entered.undo();

        assertThat(done).containsExactly("+a", "+b", "-b", "-a");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    @Test
    void enteringAgainSetsTheLoaderAgainAndNothingElse() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ThreadSetup setup = new ThreadSetup("app", loader, List.of(action("a", false)), null);

        Setup outer = setup.enter();
        Setup inner = setup.enter();
        inner.undo();
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loader);
        outer.undo();

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        assertThat(done).containsExactly("+a", "-a");
        setup.enter().undo();
        assertThat(done).containsExactly("+a", "-a", "+a", "-a");
    }

    @Test
    void stepThatFailsUndoesTheStepsBefore() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ThreadSetup setup = new ThreadSetup("app", loader, List.of(action("a", false), action("b", true)), null);

        assertThatIllegalStateException().isThrownBy(setup::enter).withMessage("b");

        assertThat(done).containsExactly("+a", "-a");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }

    private SetupAction action(String name, boolean fails) {
        return new SetupAction() {
            @Override
            public void setup(Map<String, Object> properties) {
                if (fails) {
                    throw new IllegalStateException(name);
                }
                done.add("+" + name);
            }

            @Override
            public void teardown(Map<String, Object> properties) {
                done.add("-" + name);
            }

            @Override
            public int priority() {
                return 0;
            }

            @Override
            public Set<ServiceName> dependencies() {
                return Set.of();
            }
        };
    }
}
