// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.container;

import io.ifbus.sip.security.Nonces;
import io.ifbus.sip.security.SecuritySettings;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.mobicents.servlet.sip.annotation.ConcurrencyControlMode;
import org.mobicents.servlet.sip.core.SipContext;
import org.mobicents.servlet.sip.core.SipListeners;
import org.mobicents.servlet.sip.core.descriptor.MobicentsSipServletMapping;
import org.mobicents.servlet.sip.core.message.MobicentsSipServletRequest;
import org.mobicents.servlet.sip.core.security.MobicentsSipLoginConfig;
import org.mobicents.servlet.sip.ruby.SipRubyController;

/**
 * The part of the engine's view of an application that is fixed by its descriptor. The engine's setters were made for
 * its own descriptor parser, which is not used, so they refuse.
 */
abstract class SipApplicationAttributes implements SipContext {
    private static final int DEFAULT_PROXY_TIMEOUT = 180; // seconds, JSR 289 section 10.2.3

    private final ApplicationDescriptor descriptor;
    private final SecurityGate gate;
    private final DigestLogin login = new DigestLogin();

    /** @param nonces of the server, by their lifetime */
    SipApplicationAttributes(
            ApplicationDescriptor descriptor, ApplicationEnvironment environment, Function<Duration, Nonces> nonces) {
        this.descriptor = descriptor;
        SecuritySettings security = environment.security();
        this.gate = new SecurityGate(descriptor, security, nonces.apply(security.nonceLifetime()));
    }

    final ApplicationDescriptor descriptor() {
        return descriptor;
    }

    private static UnsupportedOperationException fixed() {
        return new UnsupportedOperationException("fixed by the application's descriptor");
    }

    @Override
    public final String getApplicationName() {
        return descriptor.name();
    }

    @Override
    public final void setApplicationName(String name) {
        throw fixed();
    }

    @Override
    public final boolean hasDistributableManager() {
        return false;
    }

    @Override
    public final String getDescription() {
        return null;
    }

    @Override
    public final void setDescription(String description) {
        throw fixed();
    }

    @Override
    public final String getLargeIcon() {
        return null;
    }

    @Override
    public final void setLargeIcon(String icon) {
        throw fixed();
    }

    @Override
    public final String getSmallIcon() {
        return null;
    }

    @Override
    public final void setSmallIcon(String icon) {
        throw fixed();
    }

    @Override
    public final void setListeners(SipListeners listeners) {
        throw fixed();
    }

    @Override
    public final boolean isMainServlet() {
        return descriptor.mainServlet() != null;
    }

    @Override
    public final String getMainServlet() {
        return descriptor.mainServlet();
    }

    @Override
    public final void setMainServlet(String name) {
        throw fixed();
    }

    @Override
    public final String getServletHandler() {
        return descriptor.mainServlet() != null
                ? descriptor.mainServlet()
                : descriptor.servlets().get(0).name();
    }

    @Override
    public final void setServletHandler(String name) {
        // told of the handler of one session: that is no change of the application
    }

    @Override
    public final int getProxyTimeout() {
        return descriptor.proxyTimeout() > 0 ? descriptor.proxyTimeout() : DEFAULT_PROXY_TIMEOUT;
    }

    @Override
    public final void setProxyTimeout(int seconds) {
        throw fixed();
    }

    @Override
    public final int getSipApplicationSessionTimeout() {
        return descriptor.sessionTimeout();
    }

    @Override
    public final void setSipApplicationSessionTimeout(int minutes) {
        throw fixed();
    }

    @Override
    public final void addSipApplicationListener(String listener) {
        throw fixed();
    }

    @Override
    public final void removeSipApplicationListener(String listener) {
        throw fixed();
    }

    @Override
    public final String[] findSipApplicationListeners() {
        return descriptor.listeners().toArray(String[]::new);
    }

    @Override
    public final void setSipApplicationKeyMethod(Method method) {
        throw fixed();
    }

    @Override
    public final void setSipLoginConfig(MobicentsSipLoginConfig config) {
        throw fixed();
    }

    @Override
    public final MobicentsSipLoginConfig getSipLoginConfig() {
        return null;
    }

    @Override
    public final void addSipServletMapping(MobicentsSipServletMapping mapping) {
        throw fixed();
    }

    @Override
    public final void removeSipServletMapping(MobicentsSipServletMapping mapping) {
        throw fixed();
    }

    @Override
    public final List<MobicentsSipServletMapping> findSipServletMappings() {
        return List.of();
    }

    @Override
    public final String getEngineName() {
        return "ifbus";
    }

    @Override
    public final void setConcurrencyControlMode(ConcurrencyControlMode mode) {
        // the serial queues make every application as orderly as the strictest mode asks
    }

    @Override
    public final ConcurrencyControlMode getConcurrencyControlMode() {
        return ConcurrencyControlMode.None; // the engine's own locks stay out of the way
    }

    @Override
    public final void setSipRubyController(SipRubyController controller) {
        throw fixed();
    }

    @Override
    public final SipRubyController getSipRubyController() {
        return null;
    }

    @Override
    public final boolean isPackageProtectionEnabled() {
        return false;
    }

    @Override
    public final boolean authorize(MobicentsSipServletRequest request) {
        return gate.admits(request);
    }

    @Override
    public final DigestLogin getDigestAuthenticator() {
        return login;
    }
}
