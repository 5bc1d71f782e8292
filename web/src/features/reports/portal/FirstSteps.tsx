import { Button, Card, Text, Title } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import classes from "./home.module.css";

interface Props {
  hasOffer: boolean;
  hasAsked: boolean;
  hasLink: boolean;
}

interface Step {
  id: string;
  title: string;
  text: string;
  isDone: boolean;
  act?: { label: string; to: LinkProps["to"]; search: Record<string, string | boolean> };
}

/** The way of a new partner to the first click. */
export function FirstSteps({ hasOffer, hasAsked, hasLink }: Props) {
  const { t } = useTranslation("portal");
  const steps: Step[] = [
    {
      id: "offer",
      title: t("first.offer"),
      text: hasAsked && !hasOffer ? t("first.offer_asked") : t("first.offer_text"),
      isDone: hasOffer,
      act: { label: t("first.offer_act"), to: "/offers", search: {} },
    },
    {
      id: "link",
      title: t("first.link"),
      text: t("first.link_text"),
      isDone: hasLink,
      act: hasOffer ? { label: t("first.link_act"), to: "/links", search: { new: true } } : undefined,
    },
    {
      id: "click",
      title: t("first.click"),
      text: t("first.click_text"),
      isDone: false,
      act: hasLink ? { label: t("first.click_act"), to: "/links", search: {} } : undefined,
    },
  ];
  const next = steps.find(({ isDone }) => !isDone)?.id;
  return (
    <Card component="section" withBorder padding="lg">
      <Title order={2} mb="md">
        {t("first.title")}
      </Title>
      <ol className={classes.steps}>
        {steps.map(({ id, title, text, isDone, act }, index) => (
          <li key={id} className={classes.step}>
            <span className={classes.mark} data-done={isDone || undefined}>
              {isDone ? <IconCheck size={16} aria-label={t("first.done")} /> : index + 1}
            </span>
            <div>
              <Text fw={600}>{title}</Text>
              <Text c="dimmed">{text}</Text>
              {act && id === next && (
                <Button
                  mt="xs"
                  renderRoot={(props) => <Link to={act.to} search={act.search as never} {...props} />}
                >
                  {act.label}
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
