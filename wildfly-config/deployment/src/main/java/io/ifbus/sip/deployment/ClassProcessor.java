// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.ApplicationDescriptor;
import java.util.Optional;
import javax.servlet.sip.SipServlet;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentPhaseContext;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessingException;
import org.jboss.as.server.deployment.DeploymentUnitProcessor;

/** POST_MODULE: each class that sip.xml names is there and is what it must be. */
final class ClassProcessor implements DeploymentUnitProcessor {
    @Override
    public void deploy(DeploymentPhaseContext context) throws DeploymentUnitProcessingException {
        DeploymentUnit unit = context.getDeploymentUnit();
        Optional<SipDeployment> deployment = SipDeployments.inside(unit);
        if (deployment.isEmpty()) {
            return;
        }
        ClassLoader loader = unit.getAttachment(Attachments.MODULE).getClassLoader();
        try {
            check(deployment.get().descriptor(), loader);
        } catch (IllegalArgumentException e) {
            throw DeploymentLogger.LOG.wrongApplication(unit.getName(), e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException which names the first that is wrong */
    static void check(ApplicationDescriptor application, ClassLoader loader) {
        for (ApplicationDescriptor.Servlet servlet : application.servlets()) {
            String what = "SIP servlet '" + servlet.name() + "'";
            if (!SipServlet.class.isAssignableFrom(load(what, servlet.className(), loader))) {
                throw new IllegalArgumentException(
                        what + ": class " + servlet.className() + " is no " + SipServlet.class.getName());
            }
        }
        for (String listener : application.listeners()) {
            load("SIP listener", listener, loader);
        }
    }

    private static Class<?> load(String what, String className, ClassLoader loader) {
        try {
            return Class.forName(className, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            String reason = e instanceof ClassNotFoundException ? "is not there" : "cannot be loaded: " + e;
            throw new IllegalArgumentException(what + ": class " + className + " " + reason, e);
        }
    }
}
