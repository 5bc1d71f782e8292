import { AppShell, Box } from "@mantine/core";
import { useDisclosure, useLocalStorage } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { onSessionEnded } from "~/api/session";
import { MeContext, meQuery, workplaceOf } from "~/domain/person";
import { hasChosenLanguage, LANGUAGES, speak } from "~/i18n";
import { FormatContext } from "~/ui/format-context";
import { PageSkeleton } from "~/ui/Skeletons";
import { BottomBar } from "./BottomBar";
import { NavigationRail } from "./NavigationRail";
import { OfflineBanner } from "./OfflineBanner";
import classes from "./Shell.module.css";
import { TopBar } from "./TopBar";
import { useKeys } from "./useKeys";

const Palette = lazy(() => import("./Palette"));
const KeysHelp = lazy(() => import("./KeysHelp"));
const SignInAgain = lazy(() => import("./SignInAgain"));

/** The frame of everyone who is signed in: navigation, top bar, the page. */
export default function Shell() {
  const { t, i18n } = useTranslation("frame");
  const { data: me } = useQuery(meQuery);
  const location = useLocation();
  const [menuOpen, menu] = useDisclosure(false);
  const [slim, setSlim] = useLocalStorage({ key: "tributary.slim-navigation", defaultValue: false });
  const [paletteOpen, palette] = useDisclosure(false);
  const [helpOpen, help] = useDisclosure(false);
  const [hasOpenedPalette, setHasOpenedPalette] = useState(false);
  const [hasEnded, setHasEnded] = useState(false);
  const path = location.pathname;

  useEffect(() => onSessionEnded(() => setHasEnded(true)), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the address changes
  useEffect(() => menu.close(), [path]);
  useEffect(() => {
    const own = LANGUAGES.find((language) => language === me?.language);
    if (own && !hasChosenLanguage()) void speak(own);
  }, [me?.language]);
  const openPalette = () => {
    setHasOpenedPalette(true);
    palette.open();
  };
  useKeys({ workplace: me ? workplaceOf(me.role) : "staff", openPalette, openHelp: help.open });
  if (!me) return <PageSkeleton />;

  const workplace = workplaceOf(me.role);
  const isPortal = workplace !== "staff";
  return (
    <MeContext.Provider value={me}>
      <FormatContext.Provider value={{ language: i18n.language, timezone: me.workspace.timezone }}>
        <a className={classes.skip} href="#page">
          {t("skip_to_page")}
        </a>
        <AppShell
          header={{ height: 56 }}
          navbar={{ width: slim ? 64 : 216, breakpoint: "sm", collapsed: { mobile: !menuOpen } }}
          footer={isPortal ? { height: { base: 60, sm: 0 } } : undefined}
          padding={0}
        >
          <AppShell.Header className={classes.bar}>
            <TopBar
              menuOpen={menuOpen}
              onMenu={menu.toggle}
              onSearch={openPalette}
              onHelp={help.open}
              hasMenu={!isPortal}
            />
          </AppShell.Header>
          <AppShell.Navbar className={classes.rail} aria-label={t("navigation")}>
            <NavigationRail workplace={workplace} slim={slim && !menuOpen} onSlim={() => setSlim(!slim)} />
          </AppShell.Navbar>
          <AppShell.Main>
            <OfflineBanner />
            <Box id="page" tabIndex={-1} className={classes.page}>
              <Suspense fallback={<PageSkeleton />}>
                <Outlet />
              </Suspense>
            </Box>
          </AppShell.Main>
          {isPortal && (
            <AppShell.Footer className={classes.bottom} hiddenFrom="sm">
              <BottomBar workplace={workplace} />
            </AppShell.Footer>
          )}
        </AppShell>
        <Suspense>
          {hasEnded && <SignInAgain me={me} onDone={() => setHasEnded(false)} />}
          {hasOpenedPalette && <Palette opened={paletteOpen} onClose={palette.close} />}
          {helpOpen && <KeysHelp onClose={help.close} workplace={workplace} />}
        </Suspense>
      </FormatContext.Provider>
    </MeContext.Provider>
  );
}
