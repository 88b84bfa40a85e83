// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.transport.TlsSettings;
import io.ifbus.sip.transport.TlsSettings.ClientCertificate;
import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.SecureRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jboss.msc.service.StartException;
import org.junit.jupiter.api.Test;

/** A connector does what its ssl-context says. */
final class SslContextSettingsTest {
    @Test
    void protocolsAndCipherSuitesAreThoseOfTheContext() throws Exception {
        TlsSettings settings = SslContextSettings.of(
                "tls",
                context(engine -> {
                    engine.setEnabledProtocols(new String[] {"TLSv1.3"});
                    engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
                }),
                null);

        assertThat(settings.protocols()).containsExactly("TLSv1.3");
        assertThat(settings.cipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
        assertThat(settings.clientCertificate()).isEqualTo(ClientCertificate.NONE);
    }

    @Test
    void clientsAreAskedForCertificatesAsTheContextSays() throws Exception {
        assertThat(SslContextSettings.of("tls", context(engine -> engine.setNeedClientAuth(true)), null)
                        .clientCertificate())
                .isEqualTo(ClientCertificate.NEEDED);
        assertThat(SslContextSettings.of("tls", context(engine -> engine.setWantClientAuth(true)), null)
                        .clientCertificate())
                .isEqualTo(ClientCertificate.WANTED);
    }

    @Test
    void whatTheConnectorSaysOfCertificatesComesFirst() throws Exception {
        assertThat(SslContextSettings.of(
                                "tls", context(engine -> engine.setWantClientAuth(true)), ClientCertificate.NEEDED)
                        .clientCertificate())
                .isEqualTo(ClientCertificate.NEEDED);
    }

    @Test
    void aContextThatLeavesNoProtocolIsRefused() throws Exception {
        SSLContext context = context(engine -> engine.setEnabledProtocols(new String[0]));

        assertThatThrownBy(() -> SslContextSettings.of("tls-connector=tls", context, null))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("SIP connector 'tls-connector=tls': the ssl-context leaves no protocol");
    }

    @Test
    void aContextThatLeavesNoCipherSuiteIsRefused() throws Exception {
        SSLContext context = context(engine -> engine.setEnabledCipherSuites(new String[0]));

        assertThatThrownBy(() -> SslContextSettings.of("tls-connector=tls", context, null))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("SIP connector 'tls-connector=tls': the ssl-context leaves no cipher suite");
    }

    @Test
    void aContextForClientsIsRefused() throws Exception {
        SSLContext context = context(engine -> {
            throw new IllegalArgumentException("client mode only");
        });

        assertThatThrownBy(() -> SslContextSettings.of("tls-connector=tls", context, null))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("SIP connector 'tls-connector=tls' cannot use its ssl-context: client mode only");
    }

    private static SSLContext context(Consumer<SSLEngine> configure) throws GeneralSecurityException {
        SSLContext plain = SSLContext.getInstance("TLS");
        plain.init(null, null, null);
        Supplier<SSLEngine> engines = () -> {
            SSLEngine engine = plain.createSSLEngine();
            configure.accept(engine);
            return engine;
        };
        return new SSLContext(new Spi(engines), plain.getProvider(), plain.getProtocol()) {};
    }

    /** As Elytron's: its engines come out configured. */
    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLEngine> engines;

        Spi(Supplier<SSLEngine> engines) {
            this.engines = engines;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return engines.get();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engines.get();
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("not asked for");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            throw new UnsupportedOperationException();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            throw new UnsupportedOperationException();
        }
    }
}
