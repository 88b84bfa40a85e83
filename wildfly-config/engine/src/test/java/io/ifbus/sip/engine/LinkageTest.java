// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.objectweb.asm.Opcodes.ACC_ABSTRACT;
import static org.objectweb.asm.Opcodes.ACC_INTERFACE;
import static org.objectweb.asm.Opcodes.ACC_PUBLIC;
import static org.objectweb.asm.Opcodes.INVOKEINTERFACE;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.INVOKEVIRTUAL;
import static org.objectweb.asm.Opcodes.NEW;
import static org.objectweb.asm.Opcodes.RETURN;

import io.ifbus.sip.engine.Linkage.Broken;
import io.ifbus.sip.engine.LinkageCheck.Optional;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Plants references that a JVM would refuse at run time, each in a class of its own, and sees them found. */
class LinkageTest {

    @TempDir
    Path classes;

    @Test
    void aClassThatUsesOnlyTheJdkIsWhole() throws IOException {
        plant("Whole", code -> {
            code.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "abs", "(I)I", false);
            code.visitMethodInsn(INVOKEINTERFACE, "java/util/List", "toString", "()Ljava/lang/String;", true);
            code.visitMethodInsn(INVOKEVIRTUAL, "[I", "clone", "()Ljava/lang/Object;", false);
        });
        assertThat(broken()).isEmpty();
    }

    @Test
    void aMissingClassIsFound() throws IOException {
        plant("User", code -> code.visitTypeInsn(NEW, "nowhere/Gone"));
        assertThat(broken()).containsExactly(new Broken("planted/User", "nowhere/Gone", "no such class"));
    }

    @Test
    void aMissingClassInADescriptorIsFound() throws IOException {
        plant("User", code -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Math", "abs", "([Lnowhere/Gone;)V", false));
        assertThat(broken()).contains(new Broken("planted/User", "nowhere/Gone", "no such class"));
    }

    @Test
    void aMissingMethodIsFound() throws IOException {
        plant("User", code -> code.visitMethodInsn(INVOKEVIRTUAL, "java/lang/String", "gone", "()V", false));
        assertThat(broken()).containsExactly(new Broken("planted/User", "java/lang/String.gone()V", "no such member"));
    }

    @Test
    void aMethodThatBecameAnInstanceMethodIsFound() throws IOException {
        plant("User", code -> code.visitMethodInsn(INVOKESTATIC, "java/lang/String", "length", "()I", false));
        assertThat(broken()).containsExactly(new Broken("planted/User", "java/lang/String.length()I", "is not static"));
    }

    @Test
    void aClassThatBecameAnInterfaceIsFound() throws IOException {
        plant("User", code -> code.visitMethodInsn(INVOKEVIRTUAL, "java/util/List", "size", "()I", false));
        assertThat(broken())
                .containsExactly(
                        new Broken("planted/User", "java/util/List", "called as a class, but is an interface"));
    }

    @Test
    void anAbstractClassThatIsInstantiatedIsFound() throws IOException {
        plant("User", code -> code.visitTypeInsn(NEW, "java/lang/Number"));
        assertThat(broken())
                .containsExactly(new Broken("planted/User", "java/lang/Number", "is abstract, yet instantiated"));
    }

    @Test
    void anInterfaceMethodThatNobodyImplementsIsFound() throws IOException {
        ClassWriter contract = type("Contract", ACC_PUBLIC | ACC_ABSTRACT | ACC_INTERFACE);
        contract.visitMethod(ACC_PUBLIC | ACC_ABSTRACT, "newer", "()V", null, null)
                .visitEnd();
        write("Contract", contract);
        write("User", type("User", ACC_PUBLIC, "planted/Contract"));
        assertThat(broken())
                .containsExactly(new Broken("planted/User", "planted/Contract.newer()V", "is not implemented"));
    }

    @Test
    void anExcuseCoversBothEndsAndMustBeNeeded() {
        Broken used = new Broken("a/User", "gone/Thing", "no such class");
        Broken elsewhere = new Broken("b/User", "gone/Thing", "no such class");
        List<Optional> optional = List.of(Optional.of("a/ -> gone/"), Optional.of("c/ -> gone/"));
        assertThat(LinkageCheck.faults(Set.of(used, elsewhere), optional))
                .containsExactly(
                        "b/User -> gone/Thing: no such class", "c/ -> gone/: listed as optional, but nothing needs it");
    }

    private Set<Broken> broken() throws IOException {
        return LinkageCheck.check(List.of(classes), List.of(classes));
    }

    private void plant(String name, Consumer<MethodVisitor> body) throws IOException {
        ClassWriter writer = type(name, ACC_PUBLIC);
        MethodVisitor code = writer.visitMethod(ACC_PUBLIC, "run", "()V", null, null);
        code.visitCode();
        body.accept(code);
        code.visitInsn(RETURN);
        code.visitMaxs(1, 1);
        code.visitEnd();
        write(name, writer);
    }

    private static ClassWriter type(String name, int access, String... interfaces) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, access, "planted/" + name, null, "java/lang/Object", interfaces);
        return writer;
    }

    private void write(String name, ClassWriter writer) throws IOException {
        writer.visitEnd();
        Path file = classes.resolve("planted").resolve(name + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, writer.toByteArray());
    }
}
