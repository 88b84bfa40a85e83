// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import io.ifbus.sip.container.ApplicationDescriptor.KeyMethod;
import io.ifbus.sip.container.ServletSelection;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;
import org.jboss.jandex.MethodInfo;

/** Reads the annotations of JSR 289 section 18.2 out of one archive's index. */
final class AnnotationScan {
    private static final DotName APPLICATION = DotName.createSimple("javax.servlet.sip.annotation.SipApplication");
    private static final DotName SERVLET = DotName.createSimple("javax.servlet.sip.annotation.SipServlet");
    private static final DotName LISTENER = DotName.createSimple("javax.servlet.sip.annotation.SipListener");
    private static final DotName KEY = DotName.createSimple("javax.servlet.sip.annotation.SipApplicationKey");
    private static final DotName REQUEST = DotName.createSimple("javax.servlet.sip.SipServletRequest");
    private static final DotName STRING = DotName.createSimple(String.class.getName());

    private final CompositeIndex index;

    AnnotationScan(CompositeIndex index) {
        this.index = index;
    }

    /**
     * What the annotations say, or nothing when none of them is there.
     *
     * @throws IllegalArgumentException if the annotations contradict each other, with the reason
     */
    Optional<Declaration> declaration() {
        List<AnnotationInstance> applications = index.getAnnotations(APPLICATION);
        List<AnnotationInstance> servlets = onClasses(SERVLET);
        List<AnnotationInstance> listeners = onClasses(LISTENER);
        List<AnnotationInstance> keys = index.getAnnotations(KEY);
        if (applications.isEmpty() && servlets.isEmpty() && listeners.isEmpty() && keys.isEmpty()) {
            return Optional.empty();
        }
        if (applications.size() > 1) {
            throw new IllegalArgumentException("more than one @SipApplication: "
                    + applications.stream()
                            .map(AnnotationScan::className)
                            .sorted()
                            .toList());
        }
        AnnotationInstance application = applications.isEmpty() ? null : applications.get(0);
        String mainServlet = text(application, "mainServlet");
        Integer sessionTimeout = number(application, "sessionTimeout");
        return Optional.of(new Declaration(
                name(application, Stream.of(servlets, listeners, keys)),
                mainServlet == null ? null : new ServletSelection.Main(mainServlet),
                servlets.stream().map(AnnotationScan::servlet).toList(),
                listeners.stream().map(AnnotationScan::className).toList(),
                Map.of(),
                key(keys),
                number(application, "proxyTimeout"),
                sessionTimeout == null ? null : Math.max(0, sessionTimeout), // 0 or less: never
                application == null ? null : flag(application, "distributable"),
                null));
    }

    /** The annotated classes in the order of their names, so that each boot sees the same. */
    private List<AnnotationInstance> onClasses(DotName annotation) {
        return index.getAnnotations(annotation).stream()
                .filter(instance -> instance.target().kind() == AnnotationTarget.Kind.CLASS)
                .sorted(Comparator.comparing(AnnotationScan::className))
                .toList();
    }

    /** A servlet, listener or key may name its application, but only the one it is packed with (section 18.2.1). */
    private static String name(AnnotationInstance application, Stream<List<AnnotationInstance>> members) {
        TreeSet<String> names = new TreeSet<>();
        members.flatMap(List::stream)
                .map(member -> text(member, "applicationName"))
                .filter(Objects::nonNull)
                .forEach(names::add);
        String own = text(application, "name");
        if (own != null) {
            names.add(own);
        }
        if (names.size() > 1) {
            throw new IllegalArgumentException("one archive holds one SIP application, the annotations name " + names);
        }
        return names.isEmpty() ? null : names.first();
    }

    private static Declaration.Servlet servlet(AnnotationInstance annotation) {
        String name = Objects.requireNonNullElseGet(
                text(annotation, "name"),
                () -> annotation.target().asClass().simpleName()); // section 18.2.1: the short name of the class
        return new Declaration.Servlet(
                name, className(annotation), number(annotation, "loadOnStartup"), Map.of(), null, Map.of());
    }

    /** The one method that gives the key (section 15.11.2), or null. */
    private static KeyMethod key(List<AnnotationInstance> keys) {
        if (keys.isEmpty()) {
            return null;
        }
        List<String> places =
                keys.stream().map(AnnotationScan::methodName).sorted().toList();
        if (keys.size() > 1) {
            throw new IllegalArgumentException("more than one @SipApplicationKey: " + places);
        }
        MethodInfo method = keys.get(0).target().asMethod();
        boolean fits = Modifier.isPublic(method.flags())
                && Modifier.isStatic(method.flags())
                && method.returnType().name().equals(STRING)
                && method.parametersCount() == 1
                && method.parameterType(0).name().equals(REQUEST);
        if (!fits) {
            throw new IllegalArgumentException("@SipApplicationKey " + places.get(0)
                    + " must be public static and take one SipServletRequest and return a String");
        }
        return new KeyMethod(method.declaringClass().name().toString(), method.name());
    }

    private static String methodName(AnnotationInstance annotation) {
        MethodInfo method = annotation.target().asMethod();
        return method.declaringClass().name() + "." + method.name();
    }

    /** {@code com.example.package-info} for an annotated package. */
    private static String className(AnnotationInstance annotation) {
        return annotation.target().asClass().name().toString();
    }

    private static String text(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation == null ? null : annotation.value(member);
        return value == null || value.asString().isBlank() ? null : value.asString();
    }

    private static Integer number(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation == null ? null : annotation.value(member);
        return value == null ? null : value.asInt();
    }

    private static Boolean flag(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null ? null : value.asBoolean();
    }
}
