// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * What becomes of a deployment that has SIP servlets.
 *
 * <pre>
 *   PARSE         annotations of each WAR   -> ApplicationDescriptor, SipDeployment (one per EAR or lone WAR)
 *   DEPENDENCIES  every module of it        -> sees javax.servlet.sip
 *   POST_MODULE   CDI beans, context attributes
 *   INSTALL       a service that deploys the application once its ServletContext is there, and undeploys it
 * </pre>
 */
package io.ifbus.sip.deployment;
