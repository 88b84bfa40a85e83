// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.ServletContext;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An application server reduced to a class loader and a servlet context with attributes and parameters. */
public final class TestEnvironment implements ApplicationEnvironment {
    private final ClassLoader loader;
    private final ServletContext context;

    public TestEnvironment() {
        this(Map.of());
    }

    public TestEnvironment(Map<String, String> contextParameters) {
        this(contextParameters, TestEnvironment.class.getClassLoader());
    }

    public TestEnvironment(Map<String, String> contextParameters, ClassLoader loader) {
        this.loader = loader;
        this.context = (ServletContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, answers(contextParameters));
    }

    private static InvocationHandler answers(Map<String, String> parameters) {
        Map<String, Object> attributes = new ConcurrentHashMap<>();
        return (context, method, args) -> switch (method.getName()) {
            case "setAttribute" ->
                args[1] == null ? attributes.remove(args[0]) : attributes.put((String) args[0], args[1]);
            case "getAttribute" -> attributes.get(args[0]);
            case "removeAttribute" -> attributes.remove(args[0]);
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "getInitParameter" -> parameters.get(args[0]);
            case "getInitParameterNames" -> Collections.enumeration(parameters.keySet());
            case "getContextPath" -> "";
            case "hashCode" -> System.identityHashCode(context);
            case "equals" -> context == args[0];
            case "toString" -> "a test's servlet context";
            case "log" -> null;
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    @Override
    public ClassLoader classLoader() {
        return loader;
    }

    @Override
    public ServletContext servletContext() {
        return context;
    }

    @Override
    public Instance instantiate(Class<?> type) throws Exception {
        Object made = type.getDeclaredConstructor().newInstance();
        return new Instance() {
            @Override
            public Object object() {
                return made;
            }

            @Override
            public void release() {
                // nothing was injected
            }
        };
    }

    @Override
    public Setup enter() {
        ClassLoader previous = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(classLoader());
        return () -> Thread.currentThread().setContextClassLoader(previous);
    }
}
