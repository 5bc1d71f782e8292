import { Link, type LinkProps } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "~/domain/person";
import { MissingPage } from "~/frame/MissingPage";
import { Page } from "~/ui/Page";
import classes from "./SettingsFrame.module.css";

type Name =
  | "workspace"
  | "people"
  | "api_keys"
  | "postback"
  | "domains"
  | "webhooks"
  | "currencies"
  | "reward_units"
  | "moving_in"
  | "audit";

interface Entry {
  name: Name;
  to: LinkProps["to"];
  /** Without this permission the entry is absent and its page is not there. */
  needs: string;
}

const ENTRIES: readonly Entry[] = [
  { name: "workspace", to: "/settings", needs: "profile:read" },
  { name: "people", to: "/settings/people", needs: "people:read" },
  { name: "api_keys", to: "/settings/api-keys", needs: "profile:read" },
  { name: "postback", to: "/settings/postback", needs: "postback_token:read" },
  { name: "domains", to: "/settings/domains", needs: "links:read" },
  { name: "webhooks", to: "/settings/webhooks", needs: "webhooks:write" },
  { name: "currencies", to: "/settings/currencies", needs: "rates:read" },
  { name: "reward_units", to: "/settings/reward-units", needs: "rewards:read" },
  { name: "moving_in", to: "/settings/moving-in", needs: "imports:write" },
  { name: "audit", to: "/settings/audit", needs: "audit:read" },
];

interface Props {
  page: Name;
  subtitle?: ReactNode;
  action?: ReactNode;
  children: ReactNode;
}

/** A page of the settings: its title, and the way to the others. */
export function SettingsFrame({ page, subtitle, action, children }: Props) {
  const { t } = useTranslation("workspaces");
  const { permissions } = useMe();
  const allowed = ENTRIES.filter((entry) => permissions.includes(entry.needs));
  if (!allowed.some((entry) => entry.name === page)) return <MissingPage />;
  const navigation = (
    <nav className={classes.row} aria-label={t("settings.title")}>
      {allowed.map((entry) => (
        <Link
          key={entry.name}
          to={entry.to}
          className={classes.link}
          activeOptions={{ exact: true, includeSearch: false }}
        >
          {pageWord(t, entry.name)}
        </Link>
      ))}
    </nav>
  );
  return (
    <Page title={pageWord(t, page)} subtitle={subtitle} action={action} filters={navigation}>
      {children}
    </Page>
  );
}

function pageWord(t: TFunction<"workspaces">, name: Name): string {
  const words: Record<Name, string> = {
    workspace: t("settings.workspace"),
    people: t("settings.people"),
    api_keys: t("settings.api_keys"),
    postback: t("settings.postback"),
    domains: t("settings.domains"),
    webhooks: t("settings.webhooks"),
    currencies: t("settings.currencies"),
    reward_units: t("settings.reward_units"),
    moving_in: t("settings.moving_in"),
    audit: t("settings.audit"),
  };
  return words[name];
}
