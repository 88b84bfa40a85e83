// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import io.ifbus.sip.container.ApplicationRouterFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.as.controller.AttributeDefinition;
import org.jboss.as.controller.OperationContext;
import org.jboss.as.controller.OperationFailedException;
import org.jboss.as.controller.PropertiesAttributeDefinition;
import org.jboss.as.controller.SimpleAttributeDefinitionBuilder;
import org.jboss.as.controller.operations.validation.StringLengthValidator;
import org.jboss.as.controller.registry.AttributeAccess;
import org.jboss.as.controller.services.path.PathManager;
import org.jboss.as.server.ServerEnvironment;
import org.jboss.dmr.ModelNode;
import org.jboss.dmr.ModelType;

/** Which application gets an initial request (JSR 289 appendix C): in the model itself, or in a file. A change takes effect at once. */
final class RouterAttributes {
    private static final String FILE_NAME = "application-router-file";

    static final PropertiesAttributeDefinition INLINE = new PropertiesAttributeDefinition.Builder(
                    "application-router", true)
            .setAllowExpression(true)
            .setAlternatives(FILE_NAME)
            .setFlags(AttributeAccess.Flag.RESTART_NONE)
            .build();
    static final AttributeDefinition FILE = new SimpleAttributeDefinitionBuilder(FILE_NAME, ModelType.STRING, true)
            .setAllowExpression(true)
            .setValidator(new StringLengthValidator(1, true, true))
            .setAlternatives(INLINE.getName())
            .setFlags(AttributeAccess.Flag.RESTART_NONE)
            .build();

    private final Map<String, String> inline;
    private final String file; // or null

    RouterAttributes(OperationContext context, ModelNode model) throws OperationFailedException {
        this.inline = INLINE.unwrap(context, model);
        this.file = FILE.resolveModelAttribute(context, model).asStringOrNull();
    }

    /**
     * The lines by method; empty if there is no configuration. Those of a file have been checked, those of the model are
     * when the server takes them.
     *
     * @throws IOException if the file cannot be read, with its name
     * @throws IllegalArgumentException if a line of the file is not as it should be, with its name and the line's number
     */
    Map<String, String> lines(PathManager paths) throws IOException {
        if (file == null) {
            return inline;
        }
        return ApplicationRouterFile.read(
                Path.of(file).isAbsolute()
                        ? Path.of(file)
                        : Path.of(paths.resolveRelativePathEntry(file, ServerEnvironment.SERVER_CONFIG_DIR)));
    }
}
