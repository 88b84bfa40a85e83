// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jboss.as.server.deployment.AttachmentKey;
import org.jboss.as.server.deployment.Attachments;
import org.jboss.as.server.deployment.DeploymentUnit;
import org.jboss.as.server.deployment.DeploymentUnitProcessingException;
import org.jboss.as.server.deployment.DeploymentUtils;

/** The SIP applications of one deployment: that of a WAR deployed by itself, or one of each SIP WAR of an EAR. */
final class SipDeployments {
    /** On the EAR, or on a WAR deployed by itself. */
    private static final AttachmentKey<SipDeployments> KEY = AttachmentKey.create(SipDeployments.class);

    private final List<Member> members = new CopyOnWriteArrayList<>();

    /** A WAR and its application. */
    record Member(DeploymentUnit war, SipDeployment application) {
        String name() {
            return application.name();
        }

        /** A class of the WAR and of no other archive, known once the modules are. */
        Class<?> ownClass() throws ClassNotFoundException {
            String servlet = application.descriptor().servlets().get(0).className();
            return war.getAttachment(Attachments.MODULE).getClassLoader().loadClass(servlet);
        }
    }

    /**
     * Those of the deployment that {@code unit} is part of. All are there after the phase PARSE.
     *
     * @return null when there is none
     */
    static SipDeployments of(DeploymentUnit unit) {
        SipDeployments all = DeploymentUtils.getTopDeploymentUnit(unit).getAttachment(KEY);
        return all == null || all.members.isEmpty() ? null : all;
    }

    /** The application of that very WAR. */
    static Optional<SipDeployment> inside(DeploymentUnit war) {
        SipDeployments all = of(war);
        return all == null ? Optional.empty() : all.find(war).map(Member::application);
    }

    /** Notes the application of {@code war}, and says whether it is the first one of the deployment. */
    static boolean add(DeploymentUnit war, SipDeployment application) throws DeploymentUnitProcessingException {
        DeploymentUnit top = DeploymentUtils.getTopDeploymentUnit(war);
        synchronized (KEY) { // the WARs of an EAR are parsed at the same time
            SipDeployments all = top.getAttachment(KEY);
            if (all == null) {
                all = new SipDeployments();
                top.putAttachment(KEY, all);
            }
            for (Member other : all.members) {
                if (other.name().equals(application.name())) {
                    throw DeploymentLogger.LOG.sameName(
                            top.getName(), other.war().getName(), war.getName(), application.name());
                }
            }
            all.members.add(new Member(war, application));
            return all.members.size() == 1;
        }
    }

    static void remove(DeploymentUnit war) {
        SipDeployments all = of(war);
        if (all != null) {
            all.members.removeIf(member -> member.war().equals(war));
        }
    }

    private Optional<Member> find(DeploymentUnit war) {
        return members.stream().filter(member -> member.war().equals(war)).findFirst();
    }

    /** In the order of their names. */
    List<Member> all() {
        return members.stream().sorted(Comparator.comparing(Member::name)).toList();
    }

    /**
     * The application whose parts a component of {@code unit} gets when it names none: that of its WAR, else the only
     * one of the deployment.
     */
    Optional<SipDeployment> meantIn(DeploymentUnit unit) {
        Optional<SipDeployment> own = find(unit).map(Member::application);
        return own.isPresent() || members.size() != 1
                ? own
                : Optional.of(members.get(0).application());
    }

    /** For messages. */
    String names() {
        return all().stream().map(Member::name).collect(Collectors.joining(", "));
    }
}
