// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.engine;

import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_FINAL;
import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ACC_PRIVATE;
import static org.objectweb.asm.Opcodes.ACC_STATIC;

import io.ifbus.sip.engine.KnownClasses.Outline;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Resolves what one class file refers to, as the JVM would (JVMS 5.4.3), and collects what would throw a LinkageError.
 * A broken reference reads {@code user -> target}, where the target is a class, {@code class.member} or a sentence after a
 * class. Not thread-safe.
 */
final class Linkage {

    /** One reference that leads nowhere. */
    record Broken(String user, String target, String why) implements Comparable<Broken> {
        @Override
        public int compareTo(Broken other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return user + " -> " + target + ": " + why;
        }
    }

    private final KnownClasses known;
    private final Set<Broken> broken = new TreeSet<>();
    private String user;

    Linkage(KnownClasses known) {
        this.known = known;
    }

    Set<Broken> broken() {
        return broken;
    }

    void check(ClassReader reader) {
        user = reader.getClassName();
        reader.accept(new Body(), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        known.find(user).ifPresent(this::checkInheritance);
    }

    /** A superclass may not be final, and a concrete class leaves no method abstract. */
    private void checkInheritance(Outline self) {
        Optional<Outline> parent = Optional.ofNullable(self.superName()).flatMap(known::find);
        parent.filter(p -> p.is(ACC_FINAL)).ifPresent(p -> report(p.name(), "is final, yet extended"));
        parent.filter(p -> p.is(ACC_INTERFACE) && !self.is(ACC_INTERFACE))
                .ifPresent(p -> report(p.name(), "is an interface, yet extended as a class"));
        if (self.is(ACC_ABSTRACT)) {
            return;
        }
        Set<Outline> all = known.hierarchy(self);
        for (Outline each : all) {
            each.methods().forEach((method, access) -> {
                if ((access & ACC_ABSTRACT) != 0 && all.stream().noneMatch(o -> implementsIt(o, method))) {
                    report(each.name() + "." + method, "is not implemented");
                }
            });
        }
    }

    private static boolean implementsIt(Outline owner, String method) {
        Integer access = owner.methods().get(method);
        return access != null && (access & (ACC_ABSTRACT | ACC_STATIC | ACC_PRIVATE)) == 0;
    }

    private Optional<Outline> type(String name) {
        if (name.startsWith("[")) {
            type(Type.getType(name));
            return known.find("java/lang/Object");
        }
        Optional<Outline> found = known.find(name);
        if (found.isEmpty()) {
            report(name, "no such class");
        }
        return found;
    }

    private void type(Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType());
            case Type.OBJECT -> type(type.getInternalName());
            case Type.METHOD -> {
                type(type.getReturnType());
                for (Type argument : type.getArgumentTypes()) {
                    type(argument);
                }
            }
            default -> {} // a primitive
        }
    }

    private void method(String owner, String name, String desc, boolean asInterface, boolean asStatic) {
        type(Type.getMethodType(desc));
        Outline found = type(owner).orElse(null);
        if (found == null || signaturePolymorphic(owner)) {
            return;
        }
        if (!owner.startsWith("[") && found.is(ACC_INTERFACE) != asInterface) {
            report(
                    owner,
                    asInterface ? "called as an interface, but is a class" : "called as a class, but is an interface");
        }
        member(found, name + desc, asStatic, true);
    }

    private void field(String owner, String name, String desc, boolean asStatic) {
        type(Type.getType(desc));
        type(owner).ifPresent(found -> member(found, name + desc, asStatic, false));
    }

    private void member(Outline owner, String member, boolean asStatic, boolean method) {
        Set<Outline> all = known.hierarchy(owner);
        if (owner.is(ACC_INTERFACE)) {
            known.find("java/lang/Object").ifPresent(all::add);
        }
        Optional<Integer> access = all.stream()
                .map(each -> (method ? each.methods() : each.fields()).get(member))
                .filter(each -> each != null)
                .findFirst();
        if (access.isEmpty()) {
            report(owner.name() + "." + member, "no such member");
        } else if (((access.get() & ACC_STATIC) != 0) != asStatic) {
            report(owner.name() + "." + member, asStatic ? "is not static" : "is static");
        }
    }

    private static boolean signaturePolymorphic(String owner) {
        return owner.equals("java/lang/invoke/MethodHandle") || owner.equals("java/lang/invoke/VarHandle");
    }

    private void handle(Handle handle) {
        boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC
                || handle.getTag() == Opcodes.H_GETSTATIC
                || handle.getTag() == Opcodes.H_PUTSTATIC;
        if (handle.getTag() <= Opcodes.H_PUTSTATIC) {
            field(handle.getOwner(), handle.getName(), handle.getDesc(), isStatic);
        } else {
            method(handle.getOwner(), handle.getName(), handle.getDesc(), handle.isInterface(), isStatic);
        }
    }

    private void report(String target, String why) {
        broken.add(new Broken(user, target, why));
    }

    private final class Body extends ClassVisitor {
        Body() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visit(int version, int access, String name, String sig, String superName, String[] interfaces) {
            if (superName != null) {
                type(superName);
            }
            types(interfaces);
        }

        @Override
        public FieldVisitor visitField(int access, String name, String desc, String sig, Object value) {
            type(Type.getType(desc));
            return null;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String desc, String sig, String[] thrown) {
            type(Type.getMethodType(desc));
            types(thrown);
            return new Code();
        }

        private void types(String[] names) {
            if (names != null) {
                for (String each : names) {
                    type(each);
                }
            }
        }
    }

    private final class Code extends MethodVisitor {
        Code() {
            super(Opcodes.ASM9);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String desc, boolean asInterface) {
            method(owner, name, desc, asInterface, opcode == Opcodes.INVOKESTATIC);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String desc) {
            field(owner, name, desc, opcode == Opcodes.GETSTATIC || opcode == Opcodes.PUTSTATIC);
        }

        @Override
        public void visitTypeInsn(int opcode, String name) {
            type(name)
                    .filter(found -> opcode == Opcodes.NEW && found.is(ACC_ABSTRACT))
                    .ifPresent(found -> report(found.name(), "is abstract, yet instantiated"));
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String desc, Handle bootstrap, Object... arguments) {
            type(Type.getMethodType(desc));
            handle(bootstrap);
            for (Object each : arguments) {
                visitLdcInsn(each);
            }
        }

        @Override
        public void visitLdcInsn(Object value) {
            if (value instanceof Type type) {
                type(type);
            } else if (value instanceof Handle handle) {
                handle(handle);
            }
        }

        @Override
        public void visitMultiANewArrayInsn(String desc, int dimensions) {
            type(Type.getType(desc));
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String caught) {
            if (caught != null) {
                type(caught);
            }
        }
    }
}
