// SPDX-License-Identifier: AGPL-3.0-or-later
/**
 * What an archive says of its SIP application: by annotations, by WEB-INF/sip.xml, and both together. Knows the
 * container's descriptor, Jandex and the metadata of Jakarta EE, and no deployment.
 */
package io.ifbus.sip.deployment.descriptor;
