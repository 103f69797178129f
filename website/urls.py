from django.urls import path, re_path

from . import (
    about,
    actions,
    actions_of_city,
    ask,
    cbi,
    chapters,
    cities_feed,
    city_files,
    city_list,
    demo,
    editing,
    feeds,
    figure_files,
    files,
    home,
    pathway,
    pictures,
    places,
    preview,
    resources,
    search,
    share_picture,
    sitemaps,
    submissions,
    versions,
    views,
    well_known,
)

CODE = r"(?P<code>[A-Za-z0-9._-]+)"
"""The code of a catalogue row. Some have dots, which the converter `slug` does not match."""

VERSION = "cities/<slug:slug>/versions/<int:number>"

app_name = "website"
urlpatterns = [
    path("", home.HomePage.as_view(), name="home"),
    path("cities/", city_list.CityList.as_view(), name="city_list"),
    re_path(
        r"^cities/data\.(?P<ending>csv|json|xlsx)$",
        city_files.CityListFile.as_view(),
        name="city_list_file",
    ),
    path("cities/feed.xml", cities_feed.CitiesFeed(), name="cities_feed"),
    path("cities/<slug:slug>/", views.CityPage.as_view(), name="city"),
    path("cities/<slug:slug>/profile.pdf", views.CityPDF.as_view(), name="city_pdf"),
    path(
        "cities/<slug:slug>/at-a-glance.pdf",
        views.CityAtAGlance.as_view(),
        name="city_at_a_glance",
    ),
    path("cities/<slug:slug>/profile.docx", views.CityWord.as_view(), name="city_docx"),
    path("cities/<slug:slug>/profile.json", views.CityJSON.as_view(), name="city_json"),
    path(
        "cities/<slug:slug>/share.png", share_picture.SharePicture.as_view(), name="share_picture"
    ),
    path(
        "cities/<slug:slug>/actions/",
        chapters.ChapterPage.as_view(chapter="actions"),
        name="city_actions",
    ),
    path(
        "cities/<slug:slug>/pathway/",
        chapters.ChapterPage.as_view(chapter="pathway"),
        name="city_pathway",
    ),
    path(
        "cities/<slug:slug>/cbi/",
        chapters.ChapterPage.as_view(chapter="cbi"),
        name="city_cbi",
    ),
    path(
        "cities/<slug:slug>/resources/",
        chapters.ChapterPage.as_view(chapter="resources"),
        name="city_resources",
    ),
    path(
        "cities/<slug:slug>/actions/<int:number>/",
        actions_of_city.ActionPage.as_view(),
        name="city_action",
    ),
    path(
        "cities/<slug:slug>/figures.csv",
        figure_files.CityFigures.as_view(ending="csv"),
        name="city_figures_csv",
    ),
    path(
        "cities/<slug:slug>/figures.xlsx",
        figure_files.CityFigures.as_view(ending="xlsx"),
        name="city_figures_xlsx",
    ),
    path("cities/<slug:slug>/preview/", preview.Preview.as_view(), name="preview"),
    path(
        "cities/<slug:slug>/preview/profile.pdf", preview.PreviewPDF.as_view(), name="preview_pdf"
    ),
    path(
        "cities/<slug:slug>/preview/at-a-glance.pdf",
        preview.PreviewAtAGlance.as_view(),
        name="preview_at_a_glance",
    ),
    path(
        "cities/<slug:slug>/preview/profile.docx",
        preview.PreviewWord.as_view(),
        name="preview_docx",
    ),
    path(
        "cities/<slug:slug>/submissions/<int:pk>/",
        submissions.SubmissionPage.as_view(),
        name="submission",
    ),
    path("cities/<slug:slug>/ask/", ask.AskCity.as_view(), name="ask"),
    path("cities/<slug:slug>/asked/", ask.Asked.as_view(), name="asked"),
    path("cities/<slug:slug>/versions/", versions.VersionList.as_view(), name="versions"),
    path("cities/<slug:slug>/versions/feed.xml", feeds.CityFeed.as_view(), name="city_feed"),
    path(f"{VERSION}/", versions.VersionPage.as_view(), name="version"),
    path(f"{VERSION}/profile.pdf", versions.VersionPDF.as_view(), name="version_pdf"),
    path(
        f"{VERSION}/at-a-glance.pdf",
        versions.VersionAtAGlance.as_view(),
        name="version_at_a_glance",
    ),
    path(f"{VERSION}/profile.docx", versions.VersionWord.as_view(), name="version_docx"),
    path(f"{VERSION}/profile.json", versions.VersionJSON.as_view(), name="version_json"),
    path(
        "cities/<slug:slug>/edit/<slug:chapter>/",
        editing.EditChapter.as_view(),
        name="edit_chapter",
    ),
    path(
        "cities/<slug:slug>/edit/action/<int:number>/",
        editing.EditAction.as_view(),
        name="edit_action",
    ),
    path(
        "cities/<slug:slug>/edit/field/<path:path>/",
        editing.EditField.as_view(),
        name="edit_field",
    ),
    re_path(r"^countries/(?P<code>[A-Za-z]{2})/$", places.CountryPage.as_view(), name="country"),
    re_path(rf"^regions/{CODE}/$", places.RegionPage.as_view(), name="region"),
    path("search/", search.SearchPage.as_view(), name="search"),
    path("actions/", actions.ActionIndex.as_view(), name="actions"),
    path("actions/search/", search.FormerSearch.as_view(), name="action_search"),
    path("actions/types/<slug:code>/", actions.ActionTypePage.as_view(), name="action_type"),
    path(
        "actions/types/<slug:code>/data.csv",
        actions.ActionTypeFile.as_view(),
        {"ending": "csv"},
        name="action_type_csv",
    ),
    path(
        "actions/types/<slug:code>/data.json",
        actions.ActionTypeFile.as_view(),
        {"ending": "json"},
        name="action_type_json",
    ),
    path("actions/targets/<int:number>/", actions.KMGBFTargetPage.as_view(), name="kmgbf_target"),
    path("cbi/", cbi.IndexHome.as_view(), name="cbi"),
    re_path(rf"^cbi/indicators/{CODE}/$", cbi.IndicatorPage.as_view(), name="cbi_indicator"),
    re_path(rf"^cbi/{CODE}/$", cbi.EditionPage.as_view(), name="cbi_edition"),
    path("resources/", resources.ResourceList.as_view(), name="resources"),
    path("resources/<int:pk>/", resources.ResourcePage.as_view(), name="resource"),
    path("resources/<int:pk>/edit/", resources.EditResource.as_view(), name="edit_resource"),
    path("pathway/", pathway.PathwayHome.as_view(), name="pathway"),
    re_path(rf"^pathway/{CODE}/$", pathway.StepPage.as_view(), name="step"),
    path("figures/", figure_files.FiguresPage.as_view(), name="figures"),
    re_path(
        r"^figures/data\.(?P<ending>csv|xlsx)$",
        figure_files.FiguresFile.as_view(),
        name="figures_file",
    ),
    re_path(
        rf"^figures/{CODE}/data\.(?P<ending>csv|xlsx)$",
        figure_files.FiguresFile.as_view(),
        name="measure_figures",
    ),
    path(
        "pictures/<uuid:token>/<int:width>.<ending>", pictures.PictureView.as_view(), name="picture"
    ),
    path("files/<uuid:token>/", files.FileView.as_view(), name="file"),
    *(
        path(
            f"{name}/",
            about.PlainPage.as_view(template_name=f"website/about/{name}.html"),
            name=name,
        )
        for name in ("about", "privacy", "accessibility", "contact")
    ),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    # In development alone: they answer 404 elsewhere.
    path("demo/", demo.Demo.as_view(), name="demo"),
    path("demo/sign-in/", demo.DemoSignIn.as_view(), name="demo_sign_in"),
    path("demo/al-waha-changed.xlsx", demo.DemoWorkbook.as_view(), name="demo_workbook"),
]
