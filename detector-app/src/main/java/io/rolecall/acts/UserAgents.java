package io.rolecall.acts;

/** User agents as clients send them. */
public final class UserAgents {

    public static final String EDGE =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                    + "Chrome/133.0.0.0 Safari/537.36 Edg/133.0.0.0";
    public static final String CHROME = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 "
            + "(KHTML, like Gecko) Chrome/133.0.0.0 Safari/537.36";
    public static final String POWERSHELL =
            "Mozilla/5.0 (Windows NT 10.0; Microsoft Windows 10.0.19045; en-US) PowerShell/7.4.6 "
                    + "Invoke-MgGraphRequest";
    /** The consent page's own. */
    public static final String CONSENT_PAGE = "EvoSTS";

    private UserAgents() {}
}
