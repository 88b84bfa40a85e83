// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.JarURLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.stream.Collectors;
import javax.servlet.sip.SipServlet;
import org.junit.jupiter.api.Test;

/** Holds docs/conformance.md to the API and to the tests. With {@code -Dconformance.update=true} it rewrites the proofs. */
final class ConformanceTableTest {
    private static final Path REPOSITORY = Path.of("../../..").toAbsolutePath().normalize();
    private static final String PACKAGE = "javax/servlet/sip/";

    @Test
    void eachPublicTypeAndMethodOfTheApiHasARow() throws Exception {
        Set<String> rows =
                new TreeSet<>(ConformanceTable.read(REPOSITORY).rows().keySet());
        rows.removeIf(id -> id.matches("(J|\\d{4})-.*"));
        assertThat(rows).isEqualTo(new TreeSet<>(membersOfTheApi()));
    }

    @Test
    void theProofsInTheTableAreThoseOfTheTests() throws IOException {
        ConformanceTable table = ConformanceTable.read(REPOSITORY);
        Map<String, Set<String>> proofs = ConformanceTable.proofs(REPOSITORY);
        assertThat(table.rows().keySet()).as("rows that tests name").containsAll(proofs.keySet());
        List<String> updated = table.updated(proofs);
        if (Boolean.getBoolean("conformance.update")) {
            table.write(updated);
        } else {
            assertThat(table.lines()).isEqualTo(updated);
        }
    }

    private static List<String> membersOfTheApi() throws Exception {
        List<String> ids = new ArrayList<>();
        String self = SipServlet.class.getName().replace('.', '/') + ".class";
        JarURLConnection jar = (JarURLConnection)
                SipServlet.class.getClassLoader().getResource(self).openConnection();
        for (JarEntry entry : jar.getJarFile().stream().toList()) {
            String name = entry.getName();
            if (name.startsWith(PACKAGE) && name.endsWith(".class") && !name.contains("package-info")) {
                Class<?> type = Class.forName(name.replace('/', '.').replace(".class", ""));
                if (Modifier.isPublic(type.getModifiers())) {
                    ids.addAll(ids(type));
                }
            }
        }
        return ids;
    }

    private static List<String> ids(Class<?> type) {
        String name = type.getName().substring(PACKAGE.length()).replace('$', '.');
        List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .filter(method ->
                        Modifier.isPublic(method.getModifiers()) || Modifier.isProtected(method.getModifiers()))
                .filter(method -> !type.isEnum() || !Set.of("values", "valueOf").contains(method.getName()))
                .toList();
        List<String> ids = new ArrayList<>(List.of(name));
        for (Method method : methods) {
            boolean overloaded = methods.stream()
                            .filter(other -> other.getName().equals(method.getName()))
                            .count()
                    > 1;
            ids.add(name + "." + method.getName() + (overloaded ? parameters(method) : ""));
        }
        return ids;
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getParameterTypes())
                .map(type -> "-" + type.getSimpleName().replace("[]", "s"))
                .collect(Collectors.joining());
    }
}
