// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.engine;

import static org.objectweb.asm.ClassReader.SKIP_CODE;
import static org.objectweb.asm.ClassReader.SKIP_DEBUG;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** All classes that can be met at run time, as the JVM's resolution sees them: read as bytes, never loaded. */
final class KnownClasses {

    /**
     * One class file's outside.
     *
     * @param methods access flags by name and descriptor
     * @param fields access flags by name and descriptor
     */
    record Outline(
            String name,
            int access,
            String superName,
            List<String> interfaces,
            Map<String, Integer> methods,
            Map<String, Integer> fields) {

        boolean is(int flag) {
            return (access & flag) != 0;
        }
    }

    private final ClassLoader source;
    private final Map<String, Optional<Outline>> seen = new HashMap<>();

    /** @param source asked for resources only */
    KnownClasses(ClassLoader source) {
        this.source = source;
    }

    /** @param name internal name, no array */
    Optional<Outline> find(String name) {
        Optional<Outline> known = seen.get(name);
        if (known == null) {
            known = read(name);
            seen.put(name, known);
        }
        return known;
    }

    /** The class itself, its superclasses, then all their interfaces, each once; unknown ones are left out. */
    Set<Outline> hierarchy(Outline start) {
        Set<Outline> found = new LinkedHashSet<>();
        for (Outline at = start; at != null; at = parent(at).orElse(null)) {
            found.add(at);
        }
        List<Outline> line = new ArrayList<>(found);
        line.forEach(each -> addInterfaces(each, found));
        return found;
    }

    /** Superclasses from the class itself upwards. */
    Stream<Outline> line(Outline start) {
        return Stream.iterate(start, at -> at != null, at -> parent(at).orElse(null));
    }

    private Optional<Outline> parent(Outline of) {
        return of.superName() == null ? Optional.empty() : find(of.superName());
    }

    private void addInterfaces(Outline of, Set<Outline> found) {
        for (String each : of.interfaces()) {
            find(each).filter(found::add).ifPresent(added -> addInterfaces(added, found));
        }
    }

    private Optional<Outline> read(String name) {
        try (InputStream bytes = source.getResourceAsStream(name + ".class")) {
            return bytes == null ? Optional.empty() : Optional.of(outline(new ClassReader(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Outline outline(ClassReader reader) {
        Map<String, Integer> methods = new HashMap<>();
        Map<String, Integer> fields = new HashMap<>();
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String desc, String sig, String[] thrown) {
                        methods.put(name + desc, access);
                        return null;
                    }

                    @Override
                    public FieldVisitor visitField(int access, String name, String desc, String sig, Object value) {
                        fields.put(name + desc, access);
                        return null;
                    }
                },
                SKIP_CODE | SKIP_DEBUG);
        return new Outline(
                reader.getClassName(),
                reader.getAccess(),
                reader.getSuperName(),
                List.of(reader.getInterfaces()),
                methods,
                fields);
    }
}
