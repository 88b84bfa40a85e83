// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.ApplicationDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.DotName;

/** Reads the annotations of JSR 289 section 18.2 out of one archive's index. */
final class AnnotationScan {
    private static final DotName APPLICATION = DotName.createSimple("javax.servlet.sip.annotation.SipApplication");
    private static final DotName SERVLET = DotName.createSimple("javax.servlet.sip.annotation.SipServlet");
    private static final DotName LISTENER = DotName.createSimple("javax.servlet.sip.annotation.SipListener");
    private static final int NEVER_AT_STARTUP = -1;
    private static final int SESSION_MINUTES = 3; // the defaults of the annotation, JSR 289 section 18.2.2
    private static final int PROXY_SECONDS = 180;

    private final CompositeIndex index;

    AnnotationScan(CompositeIndex index) {
        this.index = index;
    }

    /**
     * The application of the archive, or nothing when none of the annotations is there.
     *
     * @param fallbackName application name when no annotation gives one
     * @throws IllegalArgumentException if the annotations contradict each other, with the reason
     */
    Optional<ApplicationDescriptor> application(String fallbackName) {
        List<AnnotationInstance> applications = index.getAnnotations(APPLICATION);
        List<AnnotationInstance> servlets = onClasses(SERVLET);
        List<AnnotationInstance> listeners = onClasses(LISTENER);
        if (applications.isEmpty() && servlets.isEmpty() && listeners.isEmpty()) {
            return Optional.empty();
        }
        if (applications.size() > 1) {
            throw new IllegalArgumentException("more than one @SipApplication: "
                    + applications.stream().map(AnnotationScan::where).sorted().toList());
        }
        AnnotationInstance application = applications.isEmpty() ? null : applications.get(0);
        return Optional.of(ApplicationDescriptor.of(
                name(application, servlets, listeners, fallbackName),
                application == null ? null : text(application, "mainServlet"),
                servlets.stream().map(AnnotationScan::servlet).toList(),
                listeners.stream().map(AnnotationScan::className).toList(),
                number(application, "proxyTimeout", PROXY_SECONDS),
                Math.max(0, number(application, "sessionTimeout", SESSION_MINUTES))));
    }

    /** The annotated classes in the order of their names, so that each boot sees the same. */
    private List<AnnotationInstance> onClasses(DotName annotation) {
        return index.getAnnotations(annotation).stream()
                .filter(instance -> instance.target().kind() == AnnotationTarget.Kind.CLASS)
                .sorted(Comparator.comparing(AnnotationScan::className))
                .toList();
    }

    /** A servlet or listener may name its application, but only the one it is packed with (section 18.2.1). */
    private static String name(
            AnnotationInstance application,
            List<AnnotationInstance> servlets,
            List<AnnotationInstance> listeners,
            String fallbackName) {
        TreeSet<String> names = new TreeSet<>();
        if (application != null) {
            names.add(Objects.requireNonNullElse(text(application, "name"), fallbackName));
        }
        List<AnnotationInstance> members = new ArrayList<>(servlets);
        members.addAll(listeners);
        members.stream()
                .map(member -> text(member, "applicationName"))
                .filter(Objects::nonNull)
                .forEach(names::add);
        if (names.size() > 1) {
            throw new IllegalArgumentException("one archive holds one SIP application, the annotations name " + names);
        }
        return names.isEmpty() ? fallbackName : names.first();
    }

    private static ApplicationDescriptor.Servlet servlet(AnnotationInstance annotation) {
        String name = Objects.requireNonNullElseGet(
                text(annotation, "name"),
                () -> annotation.target().asClass().simpleName()); // section 18.2.1: the short name of the class
        return new ApplicationDescriptor.Servlet(
                name, className(annotation), number(annotation, "loadOnStartup", NEVER_AT_STARTUP), Map.of());
    }

    private static String className(AnnotationInstance annotation) {
        return annotation.target().asClass().name().toString();
    }

    /** {@code com.example.package-info} for an annotated package. */
    private static String where(AnnotationInstance annotation) {
        return className(annotation);
    }

    private static String text(AnnotationInstance annotation, String member) {
        AnnotationValue value = annotation.value(member);
        return value == null || value.asString().isBlank() ? null : value.asString();
    }

    private static int number(AnnotationInstance annotation, String member, int otherwise) {
        AnnotationValue value = annotation == null ? null : annotation.value(member);
        return value == null ? otherwise : value.asInt();
    }
}
