// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An application server reduced to a class loader and a map of context attributes. */
public final class TestEnvironment implements ApplicationEnvironment {
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final ServletContext context = (ServletContext) Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (p, method, args) -> switch (method.getName()) {
                case "setAttribute" -> attributes.put((String) args[0], args[1]);
                case "getAttribute" -> attributes.get(args[0]);
                case "getContextPath" -> "";
                case "hashCode" -> System.identityHashCode(p);
                case "equals" -> p == args[0];
                case "log", "getInitParameter" -> null;
                default -> throw new UnsupportedOperationException(method.getName());
            });

    @Override
    public ClassLoader classLoader() {
        return getClass().getClassLoader();
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
