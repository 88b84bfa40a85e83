// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jboss.msc.service.StartException;

/** What an Elytron ssl-context says about a connector: its protocols and cipher suites, and whether it asks for certificates. */
final class SslContextSettings {
    private SslContextSettings() {}

    /**
     * @param connector for the messages
     * @param wanted what peers must show, or null for what {@code context} says
     * @throws StartException if nobody could ever connect, with the reason
     */
    static TlsSettings of(String connector, SSLContext context, ClientCertificate wanted) throws StartException {
        SSLParameters parameters;
        try {
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            parameters = engine.getSSLParameters();
        } catch (IllegalArgumentException | UnsupportedOperationException e) { // it is a client-ssl-context
            throw SubsystemLogger.LOG.unusableSslContext(connector, e.getMessage(), e);
        }
        List<String> protocols = List.of(parameters.getProtocols());
        List<String> cipherSuites = List.of(parameters.getCipherSuites());
        if (protocols.isEmpty()) { // which would mean the defaults to the transport
            throw SubsystemLogger.LOG.nothingLeft(connector, "protocol");
        }
        if (cipherSuites.isEmpty()) {
            throw SubsystemLogger.LOG.nothingLeft(connector, "cipher suite");
        }
        return new TlsSettings(context, wanted == null ? asked(parameters) : wanted, protocols, cipherSuites);
    }

    private static ClientCertificate asked(SSLParameters parameters) {
        if (parameters.getNeedClientAuth()) {
            return ClientCertificate.NEEDED;
        }
        return parameters.getWantClientAuth() ? ClientCertificate.WANTED : ClientCertificate.NONE;
    }
}
