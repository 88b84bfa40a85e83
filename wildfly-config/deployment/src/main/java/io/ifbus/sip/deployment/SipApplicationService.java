// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.SipApplication;
import io.ifbus.sip.container.SipServer;
import jakarta.servlet.ServletException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.msc.Service;
import org.jboss.msc.service.StartContext;
import org.jboss.msc.service.StopContext;

/** A SIP application in service. It starts and stops on the server's executor, since servlets may take their time. */
final class SipApplicationService implements Service {
    private final SipDeployment deployment;
    private final Supplier<SipServer> server;
    private final Supplier<DeploymentEnvironment> environment;
    private final Supplier<ExecutorService> executor;
    private final Applications applications;
    private final Consumer<SipApplication> provided;
    private volatile SipApplication application;

    SipApplicationService(
            SipDeployment deployment,
            Supplier<SipServer> server,
            Supplier<DeploymentEnvironment> environment,
            Supplier<ExecutorService> executor,
            Applications applications,
            Consumer<SipApplication> provided) {
        this.deployment = deployment;
        this.server = server;
        this.environment = environment;
        this.executor = executor;
        this.applications = applications;
        this.provided = provided;
    }

    @Override
    public void start(StartContext context) {
        context.asynchronous();
        executor.get().execute(() -> {
            try {
                deploy();
                context.complete();
            } catch (ServletException | RuntimeException | Error e) {
                context.failed(DeploymentLogger.LOG.notStarted(deployment.name(), reason(e), e));
            }
        });
    }

    /** What went wrong and why, on one line. */
    static String reason(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
            String line = message.replaceAll("\\s*\\R\\s*", " ");
            boolean said = messages.stream().anyMatch(before -> before.contains(line));
            if (!said) {
                messages.add(line);
            }
        }
        return String.join(": ", messages);
    }

    private void deploy() throws ServletException {
        DeploymentEnvironment lent = environment.get();
        deployment.starting(lent.servletContext());
        try {
            SipApplication started = server.get().deploy(deployment.descriptor(), lent);
            application = started;
            applications.add(started);
            deployment.started(started, lent.web());
            provided.accept(started);
        } catch (ServletException | RuntimeException | Error e) {
            deployment.stopped();
            throw e;
        }
    }

    @Override
    public void stop(StopContext context) {
        context.asynchronous();
        executor.get().execute(() -> {
            try {
                undeploy();
            } finally {
                context.complete();
            }
        });
    }

    private void undeploy() {
        SipApplication stopping = application;
        try {
            deployment.stopping();
            server.get().undeploy(stopping);
        } finally {
            deployment.stopped();
            applications.remove(stopping);
            application = null;
        }
    }
}
