// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications;

import java.io.IOException;
import java.util.List;
import org.jboss.as.arquillian.api.ReloadIfRequired;
import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.as.controller.client.helpers.Operations;
import org.jboss.dmr.ModelNode;

/**
 * A security domain {@code sip-it} with two users, one of whom has the role {@code caller}; and a server that believes
 * peers on this machine, which takes a reload.
 */
@ReloadIfRequired
public final class UsersOfTheTest implements ServerSetupTask {
    private static final String NAME = "sip-it";
    private static final ModelNode REALM = address("elytron", "filesystem-realm");
    private static final ModelNode DOMAIN = address("elytron", "security-domain");
    private static final ModelNode OF_THE_WEB = address("undertow", "application-security-domain");

    private static final ModelNode OF_THE_EJBS = address("ejb3", "application-security-domain");
    private static final ModelNode SIP = Operations.createAddress("subsystem", "sip");
    private static final String TRUSTED_PEERS = "trusted-peers";

    private static ModelNode address(String subsystem, String type) {
        return Operations.createAddress("subsystem", subsystem, type, NAME);
    }

    @Override
    public void setup(ManagementClient client, String container) throws IOException {
        ModelNode realm = Operations.createAddOperation(REALM);
        realm.get("path").set("sip-it-users");
        realm.get("relative-to").set("jboss.server.data.dir");
        execute(client, realm);
        user(client, "alice", "secret", "caller");
        user(client, "mallory", "open", "nobody");
        ModelNode domain = Operations.createAddOperation(DOMAIN);
        domain.get("default-realm").set(NAME);
        domain.get("permission-mapper").set("default-permission-mapper");
        ModelNode use = new ModelNode();
        use.get("realm").set(NAME);
        use.get("role-decoder").set("groups-to-roles");
        domain.get("realms").add(use);
        execute(client, domain);
        ModelNode web = Operations.createAddOperation(OF_THE_WEB);
        web.get("security-domain").set(NAME);
        execute(client, web);
        ModelNode ejb = Operations.createAddOperation(OF_THE_EJBS);
        ejb.get("security-domain").set(NAME);
        execute(client, ejb);
        ModelNode trusted = new ModelNode().add("127.0.0.1");
        execute(client, Operations.createWriteAttributeOperation(SIP, TRUSTED_PEERS, trusted));
    }

    private static void user(ManagementClient client, String name, String password, String group) throws IOException {
        ModelNode identity = Operations.createOperation("add-identity", REALM);
        identity.get("identity").set(name);
        execute(client, identity);
        ModelNode clear = Operations.createOperation("set-password", REALM);
        clear.get("identity").set(name);
        clear.get("clear", "password").set(password);
        execute(client, clear);
        ModelNode attribute = Operations.createOperation("add-identity-attribute", REALM);
        attribute.get("identity").set(name);
        attribute.get("name").set("groups");
        attribute.get("value").add(group);
        execute(client, attribute);
    }

    @Override
    public void tearDown(ManagementClient client, String container) throws IOException {
        execute(client, Operations.createUndefineAttributeOperation(SIP, TRUSTED_PEERS));
        for (ModelNode address : List.of(OF_THE_EJBS, OF_THE_WEB, DOMAIN, REALM)) {
            execute(client, Operations.createRemoveOperation(address));
        }
    }

    private static void execute(ManagementClient client, ModelNode operation) throws IOException {
        ModelNode answer = client.getControllerClient().execute(operation);
        if (!Operations.isSuccessfulOutcome(answer)) {
            throw new IllegalStateException(
                    Operations.getFailureDescription(answer).asString());
        }
    }
}
