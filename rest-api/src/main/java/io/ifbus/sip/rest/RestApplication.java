// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.enums.SecuritySchemeType;
import org.eclipse.microprofile.openapi.annotations.security.SecurityScheme;

/** The API's root, {@code /v1}; its resources and providers are found by the server. */
@ApplicationPath("/v1")
@SecurityScheme(
        securitySchemeName = "token",
        type = SecuritySchemeType.HTTP,
        scheme = "bearer",
        description = "The content of the file that the setting ifbus.api.token-file names")
public class RestApplication extends Application {}
