// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.deployment.descriptor;

import io.ifbus.sip.container.ApplicationDescriptor;
import java.io.InputStream;
import java.util.Optional;
import org.jboss.as.server.deployment.annotation.CompositeIndex;
import org.jboss.metadata.javaee.spec.EnvironmentRefsGroupMetaData;

/**
 * The SIP application of one archive as its sip.xml and its annotations declare it together.
 *
 * @param environment what sip.xml wants bound in {@code java:comp/env}
 * @param hasDescriptor whether there is a sip.xml
 */
public record DeclaredApplication(
        ApplicationDescriptor descriptor, EnvironmentRefsGroupMetaData environment, boolean hasDescriptor) {

    /**
     * Reads the annotations alone.
     *
     * @param index null when the archive has no class
     * @param archiveName the application's name when nothing else gives one
     * @return nothing, if the archive has no SIP application
     * @throws IllegalArgumentException if the annotations are wrong, with the reason
     */
    public static Optional<DeclaredApplication> of(CompositeIndex index, String archiveName) {
        return annotations(index)
                .map(declared -> new DeclaredApplication(
                        declared.described(archiveName), new EnvironmentRefsGroupMetaData(), false));
    }

    /**
     * Reads sip.xml, and the annotations unless it says that it is complete.
     *
     * @param sipXml the content of the file; not closed
     * @throws IllegalArgumentException if sip.xml or the annotations are wrong, or they contradict each other
     */
    public static DeclaredApplication of(InputStream sipXml, CompositeIndex index, String archiveName) {
        SipXml file = SipXml.read(sipXml);
        Declaration declared = file.declaration();
        if (!file.isMetadataComplete()) {
            declared = annotations(index).map(declared::over).orElse(declared);
        }
        if (file.isNameNeeded() && declared.name() == null) {
            throw new IllegalArgumentException(
                    SipXml.FILE + ": the application needs a name: <app-name>, or @SipApplication(name = ...)");
        }
        return new DeclaredApplication(declared.described(archiveName), file.environment(), true);
    }

    private static Optional<Declaration> annotations(CompositeIndex index) {
        return index == null ? Optional.empty() : new AnnotationScan(index).declaration();
    }
}
