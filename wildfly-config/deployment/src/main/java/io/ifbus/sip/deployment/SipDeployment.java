// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.ApplicationDescriptor;
import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.deployment.converged.HttpSessions;
import io.ifbus.sip.spi.MessageTaps;
import io.ifbus.sip.spi.SerialExecution;
import io.undertow.servlet.api.Deployment;
import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipSessionsUtil;
import javax.servlet.sip.TimerService;

/**
 * The SIP application of one WAR, and what components are given of it.
 *
 * <p>Components are injected before the application starts and keep what they got while it stops, so they are given
 * stand-ins: these are there from the beginning and refuse to work while the application is not in service.
 */
final class SipDeployment {
    /** What an application is made of, for those who use it. */
    static final List<Class<?>> PARTS = List.of(
            SipFactory.class, TimerService.class, SipSessionsUtil.class, SerialExecution.class, MessageTaps.class);

    private static final Function<Class<?>, Object> NONE = type -> null;
    /** JSR 289 section 4.7; those of our own are called by their types. */
    private static final Map<Class<?>, String> ATTRIBUTES = Map.of(
            SipFactory.class, SipServlet.SIP_FACTORY,
            TimerService.class, SipServlet.TIMER_SERVICE,
            SipSessionsUtil.class, SipServlet.SIP_SESSIONS_UTIL,
            SerialExecution.class, SerialExecution.class.getName(),
            MessageTaps.class, MessageTaps.class.getName());

    private final ApplicationDescriptor descriptor;
    private final Map<Class<?>, Object> standIns = new LinkedHashMap<>();
    private final HttpSessions httpSessions = new HttpSessions(this::notInService);
    private volatile Function<Class<?>, Object> parts = NONE;

    SipDeployment(ApplicationDescriptor descriptor) {
        this.descriptor = descriptor;
        PARTS.forEach(type -> standIns.put(type, standIn(type)));
    }

    ApplicationDescriptor descriptor() {
        return descriptor;
    }

    String name() {
        return descriptor.name();
    }

    /** By type; each is the same object at each call. */
    Map<Class<?>, Object> standIns() {
        return Map.copyOf(standIns);
    }

    HttpSessions httpSessions() {
        return httpSessions;
    }

    void setAttributes(ServletContext context) {
        ATTRIBUTES.forEach((type, name) -> context.setAttribute(name, standIns.get(type)));
    }

    /** While the application starts, its servlets' {@code init} finds the parts that it has put into {@code context}. */
    void starting(ServletContext context) {
        parts = type -> {
            String name = ATTRIBUTES.get(type);
            return name == null ? null : context.getAttribute(name);
        };
    }

    void started(SipApplication application, Deployment web) {
        Map<Class<?>, Object> started = Map.of(
                SipFactory.class, application.sipFactory(),
                TimerService.class, application.timerService(),
                SipSessionsUtil.class, application.sipSessionsUtil(),
                SerialExecution.class, application.serialExecution(),
                MessageTaps.class, application.messageTaps());
        parts = started::get;
        httpSessions.started(application, web);
    }

    /** To be called before the application's sessions are ended. */
    void stopping() {
        httpSessions.stopping();
    }

    void stopped() {
        parts = NONE;
    }

    private Object standIn(Class<?> type) {
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, args) -> {
            if (method.getDeclaringClass() == Object.class) {
                return objectMethod(type, self, method, args);
            }
            Object part = parts.apply(type);
            if (part == null || part == self) {
                throw notInService();
            }
            try {
                return method.invoke(part, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        });
    }

    private IllegalStateException notInService() {
        return DeploymentLogger.LOG.notInService(name());
    }

    private Object objectMethod(Class<?> type, Object self, Method method, Object[] args) {
        return switch (method.getName()) {
            case "equals" -> self == args[0];
            case "hashCode" -> System.identityHashCode(self);
            default -> type.getSimpleName() + " of SIP application '" + name() + "'";
        };
    }
}
