// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import io.ifbus.sip.container.SipServer;
import java.net.InetAddress;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.as.server.DeploymentProcessorTarget;
import org.jboss.as.server.deployment.Phase;
import org.jboss.msc.service.ServiceName;
import org.wildfly.service.descriptor.NullaryServiceDescriptor;

/** The processors, each at its place in the chain. */
public final class DeploymentProcessors implements Consumer<DeploymentProcessorTarget> {
    private final String subsystem;
    private final InstallProcessor install;

    /**
     * @param connector tells which services are connectors
     * @param trustedPeers of the server as it runs when an application starts: whose P-Asserted-Identity is believed
     */
    public DeploymentProcessors(
            String subsystem,
            NullaryServiceDescriptor<SipServer> server,
            Predicate<ServiceName> connector,
            Applications applications,
            Supplier<Set<InetAddress>> trustedPeers) {
        this.subsystem = subsystem;
        this.install = new InstallProcessor(server, connector, applications, trustedPeers);
    }

    @Override
    public void accept(DeploymentProcessorTarget target) {
        // beside the processors of HTTP servlets that do the same; the numbers of WildFly leave room after each
        target.addDeploymentProcessor(subsystem, Phase.PARSE, Phase.PARSE_WEB_COMPONENTS + 1, new ParseProcessor());
        target.addDeploymentProcessor(
                subsystem, Phase.DEPENDENCIES, Phase.DEPENDENCIES_WAR_MODULE + 1, new DependencyProcessor());
        // before the classes are looked at by others, who say less clearly what is wrong with one
        target.addDeploymentProcessor(
                subsystem, Phase.POST_MODULE, Phase.POST_MODULE_INJECTION_ANNOTATION - 1, new ClassProcessor());
        target.addDeploymentProcessor(
                subsystem, Phase.POST_MODULE, Phase.POST_MODULE_WELD_PORTABLE_EXTENSIONS - 1, new InjectionProcessor());
        target.addDeploymentProcessor(subsystem, Phase.INSTALL, Phase.INSTALL_WAR_DEPLOYMENT + 1, install);
    }
}
