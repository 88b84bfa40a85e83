// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.subsystem;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** One application of a line: name, subscriber, region, route, what to do with it, place; then options, if any. */
    private static final String ENTRY = "\\(\\s*\"[^\"()]+\"\\s*,\\s*\"[^\"()]*\"\\s*,"
            + "\\s*\"(ORIGINATING|TERMINATING|NEUTRAL)\"\\s*,\\s*\"[^\"()]*\"\\s*,"
            + "\\s*\"(ROUTE|ROUTE_BACK|NO_ROUTE)\"\\s*,\\s*\"\\d{1,9}\"\\s*(,\\s*\"[^\"()]*\"\\s*)?\\)";

    private static final Pattern LINE = Pattern.compile("\\s*" + ENTRY + "(\\s*,\\s*" + ENTRY + ")*\\s*");

    private final Map<String, String> inline;
    private final String file; // or null

    RouterAttributes(OperationContext context, ModelNode model) throws OperationFailedException {
        this.inline = INLINE.unwrap(context, model);
        this.file = FILE.resolveModelAttribute(context, model).asStringOrNull();
    }

    /**
     * The lines by method; empty if there is no configuration.
     *
     * @throws IOException if the file cannot be read, with its name
     * @throws IllegalArgumentException if a line is not as it should be, with its method
     */
    Map<String, String> lines(PathManager paths) throws IOException {
        if (file == null) {
            return checked(INLINE.getName(), inline);
        }
        Path path = Path.of(file).isAbsolute()
                ? Path.of(file)
                : Path.of(paths.resolveRelativePathEntry(file, ServerEnvironment.SERVER_CONFIG_DIR));
        return checked(FILE_NAME + " " + path, read(path));
    }

    /** The engine's own parser takes a line without parentheses for one without applications. */
    static Map<String, String> checked(String origin, Map<String, String> lines) {
        lines.forEach((method, line) -> {
            if (!LINE.matcher(line).matches()) {
                throw new IllegalArgumentException(origin + ", " + method + ": expected (\"application\", \"DAR:From\","
                        + " \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\"), ... but found " + line);
            }
        });
        return lines;
    }

    static Map<String, String> read(Path path) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new IOException(FILE_NAME + " " + path + " does not exist", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(FILE_NAME + " " + path + " cannot be read: " + e.getMessage(), e);
        }
        return properties.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, properties::getProperty));
    }
}
