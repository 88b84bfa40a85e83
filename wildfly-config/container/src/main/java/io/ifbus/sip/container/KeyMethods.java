// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import jakarta.servlet.ServletException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import javax.servlet.sip.SipServletRequest;

/** Finds the method that gives an initial request its application session (JSR 289 section 15.11.2). */
final class KeyMethods {
    private KeyMethods() {}

    /**
     * The method that {@code named} names, or null where it is null.
     *
     * @throws ServletException if there is none, or not one that can be used
     */
    static Method find(ApplicationDescriptor.KeyMethod named, ClassLoader loader) throws ServletException {
        if (named == null) {
            return null;
        }
        String where = "@SipApplicationKey method " + named.className() + "." + named.methodName();
        Method method;
        try {
            method = loader.loadClass(named.className()).getMethod(named.methodName(), SipServletRequest.class);
        } catch (ReflectiveOperationException e) {
            throw new ServletException(where + ": there is no such public method with a SipServletRequest", e);
        }
        if (!Modifier.isStatic(method.getModifiers()) || method.getReturnType() != String.class) {
            throw new ServletException(where + " must be static and return a String");
        }
        method.setAccessible(true); // its class need not be public
        return method;
    }
}
