// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * What becomes of a deployment that has SIP servlets.
 *
 * <pre>
 *   PARSE         sip.xml and annotations of each WAR -> ApplicationDescriptor, SipDeployment; JNDI names
 *   DEPENDENCIES  every module of the EAR             -> sees javax.servlet.sip
 *   POST_MODULE   the classes named are there; CDI beans, context attributes, converged HTTP sessions
 *   INSTALL       a service for each application that deploys it once its ServletContext is there, and undeploys it
 * </pre>
 */
package io.ifbus.sip.deployment;
