// SPDX-License-Identifier: AGPL-3.0-or-later
package io.ifbus.sip.tests.applications.wrong;

import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import javax.servlet.sip.SipFactory;

/** A session bean that does not say which application it means. */
@Stateless
public class Undecided {
    @Resource
    private SipFactory factory;

    public SipFactory factory() {
        return factory;
    }
}
