import { useTranslation } from "react-i18next";
import { api } from "~/api/client";
import { LANGUAGE_NAMES, LANGUAGES } from "~/i18n";
import { useFormat } from "~/ui/format";
import { KeyValues } from "~/ui/KeyValues";
import { SkeletonLines } from "~/ui/Skeletons";
import { ErrorState } from "~/ui/States";

/** What the programme knows of the partner. Managers keep it. */
export function Contact({ partnerId }: { partnerId: string }) {
  const { t, i18n } = useTranslation("identity");
  const { date } = useFormat();
  const partner = api.useQuery("get", "/v1/partners/{id}", { params: { path: { id: partnerId } } });
  if (partner.isError) {
    return (
      <ErrorState title={t("contact.failed")} error={partner.error} onRetry={() => void partner.refetch()} />
    );
  }
  if (!partner.data) return <SkeletonLines lines={5} />;
  const { name, email, country, language, created_at } = partner.data;
  const spoken = LANGUAGES.find((known) => known === language);
  const countryName = country && new Intl.DisplayNames(i18n.language, { type: "region" }).of(country);
  return (
    <KeyValues
      items={[
        { label: t("contact.name"), value: name },
        { label: t("email"), value: email },
        { label: t("contact.country"), value: countryName },
        { label: t("profile.language"), value: spoken ? LANGUAGE_NAMES[spoken] : language },
        { label: t("contact.since"), value: date(created_at) },
      ]}
    />
  );
}
