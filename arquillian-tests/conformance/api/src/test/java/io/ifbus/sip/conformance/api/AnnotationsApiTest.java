// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.ifbus.sip.conformance.api.annotated.Fixtures;
import io.ifbus.sip.container.Proves;
import java.lang.annotation.Annotation;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.annotation.SipApplication;
import javax.servlet.sip.annotation.SipApplicationKey;
import javax.servlet.sip.annotation.SipListener;
import javax.servlet.sip.annotation.SipServlet;
import org.junit.jupiter.api.Test;

class AnnotationsApiTest {
    private static Map<String, Object> defaults(Class<? extends Annotation> annotation) {
        assertThat(annotation).isAnnotation();
        assertThat(annotation.getAnnotation(Retention.class).value()).isEqualTo(RetentionPolicy.RUNTIME);
        return Arrays.stream(annotation.getDeclaredMethods())
                .collect(Collectors.toMap(Method::getName, Method::getDefaultValue));
    }

    @Test
    @Proves({
        "annotation.SipApplication",
        "annotation.SipApplication.name",
        "annotation.SipApplication.displayName",
        "annotation.SipApplication.description",
        "annotation.SipApplication.smallIcon",
        "annotation.SipApplication.largeIcon",
        "annotation.SipApplication.mainServlet",
        "annotation.SipApplication.distributable",
        "annotation.SipApplication.proxyTimeout",
        "annotation.SipApplication.sessionTimeout"
    })
    void anApplicationIsDescribedByItsPackage() {
        assertThat(SipApplication.class.getAnnotation(Target.class).value()).containsExactly(ElementType.PACKAGE);
        assertThat(defaults(SipApplication.class))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "name",
                        "",
                        "displayName",
                        "",
                        "description",
                        "",
                        "smallIcon",
                        "",
                        "largeIcon",
                        "",
                        "mainServlet",
                        "",
                        "distributable",
                        false,
                        "proxyTimeout",
                        180,
                        "sessionTimeout",
                        3));
        SipApplication application = Fixtures.class.getPackage().getAnnotation(SipApplication.class);
        assertThat(application.name()).isEqualTo("a name");
        assertThat(application.displayName()).isEqualTo("a display name");
        assertThat(application.description()).isEqualTo("a description");
        assertThat(application.smallIcon()).isEqualTo("small.png");
        assertThat(application.largeIcon()).isEqualTo("large.png");
        assertThat(application.mainServlet()).isEqualTo("main");
        assertThat(application.distributable()).isTrue();
        assertThat(application.proxyTimeout()).isEqualTo(7);
        assertThat(application.sessionTimeout()).isEqualTo(8);
    }

    @Test
    @Proves({
        "annotation.SipServlet",
        "annotation.SipServlet.name",
        "annotation.SipServlet.applicationName",
        "annotation.SipServlet.description",
        "annotation.SipServlet.loadOnStartup"
    })
    void aServletIsDescribedByItsClass() {
        assertThat(SipServlet.class.getAnnotation(Target.class).value()).containsExactly(ElementType.TYPE);
        assertThat(SipServlet.class).hasAnnotation(Inherited.class);
        assertThat(defaults(SipServlet.class))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("name", "", "applicationName", "", "description", "", "loadOnStartup", -1));
        SipServlet servlet = Fixtures.Main.class.getAnnotation(SipServlet.class);
        assertThat(servlet.name()).isEqualTo("main");
        assertThat(servlet.applicationName()).isEqualTo("a name");
        assertThat(servlet.description()).isEqualTo("a servlet");
        assertThat(servlet.loadOnStartup()).isEqualTo(2);
        assertThat(Fixtures.Derived.class.getAnnotation(SipServlet.class)).isEqualTo(servlet);
    }

    @Test
    @Proves({"annotation.SipListener", "annotation.SipListener.applicationName", "annotation.SipListener.description"})
    void aListenerIsDescribedByItsClass() {
        assertThat(SipListener.class.getAnnotation(Target.class).value()).containsExactly(ElementType.TYPE);
        assertThat(SipListener.class).hasAnnotation(Inherited.class);
        assertThat(defaults(SipListener.class))
                .containsExactlyInAnyOrderEntriesOf(Map.of("applicationName", "", "description", ""));
        SipListener listener = Fixtures.Main.class.getAnnotation(SipListener.class);
        assertThat(listener.applicationName()).isEqualTo("a name");
        assertThat(listener.description()).isEqualTo("a listener");
    }

    @Test
    @Proves({"annotation.SipApplicationKey", "annotation.SipApplicationKey.applicationName"})
    void aKeyIsMadeByAMethod() throws Exception {
        assertThat(SipApplicationKey.class.getAnnotation(Target.class).value()).containsExactly(ElementType.METHOD);
        assertThat(defaults(SipApplicationKey.class)).containsExactlyInAnyOrderEntriesOf(Map.of("applicationName", ""));
        Method key = Fixtures.Main.class.getMethod("key", SipServletRequest.class);
        assertThat(key.getAnnotation(SipApplicationKey.class).applicationName()).isEqualTo("a name");
    }
}
