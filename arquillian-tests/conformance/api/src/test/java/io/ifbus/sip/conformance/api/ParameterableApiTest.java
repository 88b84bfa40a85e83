// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.conformance.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ifbus.sip.container.Proves;
import java.util.Map;
import javax.servlet.sip.Address;
import javax.servlet.sip.Parameterable;
import org.junit.jupiter.api.Test;

class ParameterableApiTest extends ApiScene {
    private static Parameterable header(String name, String value) throws Exception {
        return inServlet(request("OPTIONS", name + ": " + value), request ->
                (Parameterable) request.getParameterableHeader(name).clone());
    }

    @Test
    @Proves({
        "Parameterable",
        "Parameterable.getValue",
        "Parameterable.setValue",
        "Parameterable.getParameter",
        "Parameterable.setParameter",
        "Parameterable.removeParameter"
    })
    void aParameterableIsAValueAndParameters() throws Exception {
        Parameterable event = header("Event", "presence;id=7;level=1");

        assertThat(Parameterable.class).isInterface().isAssignableFrom(Address.class);
        assertThat(event.getValue()).isEqualTo("presence");
        assertThat(event.getParameter("id")).isEqualTo("7");
        event.setValue("dialog");
        event.setParameter("level", "2");
        event.setParameter("flag", "");
        event.removeParameter("id");
        event.removeParameter("absent");
        assertThat(event.getValue()).isEqualTo("dialog");
        assertThat(event.getParameter("level")).isEqualTo("2");
        assertThat(event.getParameter("flag")).isEmpty();
        assertThat(event.getParameter("id")).isNull();
        event.setParameter("level", null);
        assertThat(event.getParameter("level")).isNull();
        assertThat(event.toString()).startsWith("dialog").contains(";flag").doesNotContain("flag=");
    }

    @Test
    @Proves({"Parameterable.removeParameter", "Parameterable.setParameter", "Parameterable.getParameter"})
    void aNameOfAParameterIsNeeded() throws Exception {
        Parameterable event = header("Event", "presence");

        assertThatThrownBy(() -> event.setParameter(null, "v")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> event.removeParameter(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> event.getParameter(null)).isInstanceOf(NullPointerException.class);
    }

    @Test
    @Proves({"Parameterable.getParameterNames", "Parameterable.getParameters"})
    void theParametersAreInTheOrderOfTheHeader() throws Exception {
        Parameterable event = header("Event", "presence;zeta=1;alpha=2;id=3;beta=4");

        assertThat(event.getParameterNames()).toIterable().containsExactly("zeta", "alpha", "id", "beta");
        assertThat(event.getParameters())
                .containsExactly(
                        Map.entry("zeta", "1"), Map.entry("alpha", "2"), Map.entry("id", "3"), Map.entry("beta", "4"));
    }

    @Test
    @Proves("SipFactory.createParameterable")
    void aParameterableIsMadeOfAHeadersText() throws Exception {
        Parameterable accept = factory.createParameterable("Accept: text/html;level=1;flag");

        assertThat(accept.getValue()).isEqualTo("text/html");
        assertThat(accept.getParameter("level")).isEqualTo("1");
        assertThat(accept.getParameter("flag")).isEmpty();
        assertThatThrownBy(() -> factory.createParameterable(";;="))
                .isInstanceOf(javax.servlet.sip.ServletParseException.class);
    }

    @Test
    @Proves("Parameterable.clone")
    void aCloneIsChangedAlone() throws Exception {
        Parameterable event = header("Event", "presence;id=7");
        Parameterable clone = (Parameterable) event.clone();
        assertThat(clone).isNotSameAs(event);
        assertThat(clone.getValue()).isEqualTo("presence");
        assertThat(clone.getParameter("id")).isEqualTo("7");
        clone.setParameter("id", "8");
        clone.setValue("dialog");
        assertThat(event.getParameter("id")).isEqualTo("7");
        assertThat(event.getValue()).isEqualTo("presence");
    }

    @Test
    @Proves("Parameterable.equals")
    void aParameterableIsEqualToItsCloneUntilOneIsChanged() throws Exception {
        Parameterable event = header("Event", "presence;id=7");

        Parameterable clone = (Parameterable) event.clone();

        assertThat(clone).isNotSameAs(event);
        assertThat(clone.getValue()).isEqualTo("presence");
        assertThat(clone.equals(event)).isTrue();
        clone.setParameter("id", "8");
        assertThat(clone.equals(event)).isFalse();
        assertThat(event.getParameter("id")).isEqualTo("7");
        assertThat(event.equals(header("Event", "presence;id=7"))).isTrue();
        assertThat(event.equals(header("Event", "dialog;id=7"))).isFalse();
    }
}
